// SPDX-License-Identifier: GPL-2.0-only
/*
 * The half of morse that has not moved: letters and their codes. `make` writes
 * morse_rust.h, with struct line, morse_put() and this file's own function.
 */
#include <linux/ctype.h>
#include <linux/errno.h>

#include "codes.h"
#include "morse_rust.h"

static bool put_all(struct line *line, const char *marks)
{
	while (*marks)
		if (!morse_put(line, *marks++))
			return false;
	return true;
}

int morse_encode(const u8 *text, size_t length, struct line *line)
{
	size_t i;

	for (i = 0; i < length; i++) {
		const char *code = morse_code(text[i]);

		if (isspace(text[i])) {
			if (!put_all(line, "/ "))
				return -ENOSPC;
			continue;
		}
		if (!code)
			return -EINVAL;
		if (!put_all(line, code) || !morse_put(line, ' '))
			return -ENOSPC;
	}
	return morse_put(line, '\n') ? 0 : -ENOSPC;
}
