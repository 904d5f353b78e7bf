/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TRACE_H
#define KMOD_TRACE_H

#include <linux/jump_label.h>
#include <linux/tracepoint-defs.h>
#include <linux/types.h>

/* Whether the kernel has tracepoints, and where one has the static key that says whether it is on. */
#ifdef CONFIG_TRACEPOINTS
static const unsigned int KMOD_TRACEPOINTS = 1;
#else
static const unsigned int KMOD_TRACEPOINTS = 0;
#endif
static const unsigned long KMOD_TRACEPOINT_KEY = offsetof(struct tracepoint, key);

/* Whether branches of a static key are told of by three offsets each. */
#if defined(CONFIG_TRACEPOINTS) && defined(CONFIG_JUMP_LABEL) && \
	defined(CONFIG_HAVE_ARCH_JUMP_LABEL_RELATIVE)
static const unsigned int KMOD_TRACEPOINT_BRANCH = 1;
#else
static const unsigned int KMOD_TRACEPOINT_BRANCH = 0;
#endif

/* Whether somebody traces it: for kernels without such branches. */
bool kmod_tracepoint_is_on(const struct tracepoint *point);

#endif
