/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CODES_H
#define _CODES_H

#include <linux/types.h>

/* The dots and dashes of a letter or a digit; NULL for another character. */
const char *morse_code(u8 letter);

#endif
