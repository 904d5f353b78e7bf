/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CHRDEV_H
#define KMOD_CHRDEV_H

#include <linux/cdev.h>
#include <linux/device.h>

/* What the nodes of some devices are. */
struct kmod_node {
	umode_t mode;		  /* 0 for the kernel's default */
	unsigned int first_minor; /* the minor whose number is 0 */
	const char *before;	  /* the path, up to the number; NULL for the device's name */
	const char *after;	  /* what follows the number; NULL if there is none */
};

/* A class of this module; an ERR_PTR if there can be none. */
struct class *kmod_class_create(const char *name);

/*
 * Has the class tell of its nodes what the devices' drvdata, a kmod_node each, says: their modes
 * only, or their paths as well.
 */
void kmod_class_modes(struct class *class);
void kmod_class_paths(struct class *class);

#endif
