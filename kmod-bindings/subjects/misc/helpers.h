/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_MISC_H
#define KMOD_MISC_H

#include <linux/miscdevice.h>

#endif
