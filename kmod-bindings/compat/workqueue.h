/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_WORKQUEUE_H
#define KMOD_COMPAT_WORKQUEUE_H

#include <linux/version.h>
#include <linux/workqueue.h>

/*
 * Who waits for a work that runs has put a barrier behind it, and goes on before the worker is done with
 * that. Until 5.15 nobody else waited for the barrier: destroy_workqueue() found it, warned, and left the
 * queue. If nothing runs when a work is taken off, there is none. It is nothing that the preprocessor sees:
 * the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
#define kmod_compat_workqueue_settle(queue) ((void)(queue))
#else
#define kmod_compat_workqueue_settle(queue) flush_workqueue(queue)
#endif

#endif
