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

/* A class of this module whose devices get the nodes that kmod_device_create() was given. */
int kmod_class_create(struct class **class, const char *name);

/*
 * A device of such a class. Its name is NAME, or NAME and its number if "numbered". The node must
 * outlive it.
 */
int kmod_device_create(struct class *class, dev_t devt, const struct kmod_node *node,
		       const char *name, bool numbered);

#endif
