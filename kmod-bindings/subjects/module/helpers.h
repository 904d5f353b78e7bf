/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_MODULE_H
#define KMOD_MODULE_H

#include <linux/module.h>

/* BUG(), with its entry in the kernel's bug table. */
void __noreturn kmod_bug(void);

/* The module's own name, as the kernel knows it. */
const char *kmod_module_name(void);

/* Waits until only the running init_module() holds the module. May sleep. */
void kmod_module_wait_unused(void);

#endif
