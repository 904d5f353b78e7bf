/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SEQ_FILE_H
#define KMOD_SEQ_FILE_H

#include <linux/seq_file.h>

#endif
