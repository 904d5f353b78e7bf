/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CHRDEV_H
#define KMOD_CHRDEV_H

#include <linux/cdev.h>
#include <linux/device.h>

/* A class of this module whose devices get the nodes' mode that kmod_device_create() was given. */
int kmod_class_create(struct class **class, const char *name);

/*
 * A device of such a class. Its name is NAME, or NAME and the minor number if "numbered".
 */
int kmod_device_create(struct class *class, dev_t devt, umode_t mode, const char *name,
		       bool numbered);

#endif
