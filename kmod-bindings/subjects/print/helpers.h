/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PRINT_H
#define KMOD_PRINT_H

#include <linux/module.h>
#include <linux/printk.h>
#include <linux/types.h>

/* printk() became a macro over _printk() in 5.15. */
#ifdef printk
int kmod_printk(const char *fmt, ...) __asm__("_printk");
#else
int kmod_printk(const char *fmt, ...) __asm__("printk");
#endif

/* Puts what "%p" shows into "buffer", with a NUL, and returns its length. */
int kmod_hash_pointer(const void *pointer, char *buffer, size_t size);

/* Where __this_module keeps the module's name. */
static const unsigned long KMOD_MODULE_NAME_OFFSET = offsetof(struct module, name);

#endif
