// SPDX-License-Identifier: GPL-2.0-only
#include <linux/ctype.h>
#include <linux/kernel.h>

#include "codes.h"

static const char *const letters[] = {
	".-",   "-...", "-.-.", "-..",  ".",    "..-.", "--.",  "....", "..",
	".---", "-.-",  ".-..", "--",   "-.",   "---",  ".--.", "--.-", ".-.",
	"...",  "-",    "..-",  "...-", ".--",  "-..-", "-.--", "--..",
};

static const char *const digits[] = {
	"-----", ".----", "..---", "...--", "....-",
	".....", "-....", "--...", "---..", "----.",
};

const char *morse_code(u8 letter)
{
	u8 lower = tolower(letter);

	if (lower >= 'a' && lower <= 'z')
		return letters[lower - 'a'];
	if (lower >= '0' && lower <= '9')
		return digits[lower - '0'];
	return NULL;
}
