/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYSFS_H
#define KMOD_SYSFS_H

#include <linux/device.h>
#include <linux/module.h>

/* A file of the module or of a device in sysfs. It may be all zeroes: then it is not there. */
struct kmod_attribute {
	union {
		struct module_attribute module;
		struct device_attribute device;
	};
	void *data;
	/* They get "data" and a page; what is to be stored ends with a NUL. */
	ssize_t (*show)(void *data, char *page);
	ssize_t (*store)(void *data, const char *text, size_t len);
};

/*
 * Makes the file "name" of "device", or of the module if that is NULL. -EEXIST if there is such a file,
 * of which the kernel would warn. The name stays where it is. "show" or "store" may be NULL.
 */
int kmod_attribute_make(struct kmod_attribute *file, struct device *device, const char *name,
			umode_t mode, void *data, ssize_t (*show)(void *data, char *page),
			ssize_t (*store)(void *data, const char *text, size_t len));

/* Takes it away, and waits for calls that run. Sleeps. */
void kmod_attribute_remove(struct kmod_attribute *file, struct device *device);

/*
 * The same in the folder "group" of "device" or the module, which is made with the first file in it and goes
 * with the last. Both names stay where they are. -EEXIST also if somebody else has the folder's name.
 */
int kmod_attribute_make_in(struct kmod_attribute *file, struct device *device, const char *group,
			   const char *name, umode_t mode, void *data,
			   ssize_t (*show)(void *data, char *page),
			   ssize_t (*store)(void *data, const char *text, size_t len));
void kmod_attribute_remove_in(struct kmod_attribute *file, struct device *device, const char *group);

/*
 * The node of the file "name" of "device", or of the module, in the folder "group" if that is not NULL; to be
 * put. NULL if it is not there.
 */
struct kernfs_node *kmod_attribute_node(struct device *device, const char *group, const char *name);

/* A file of bytes. It may be all zeroes: then it is not there. */
struct kmod_bin_attribute {
	struct bin_attribute attr;
	void *data;
	/* They get "data", at most a page of bytes, and where they are in the file. */
	ssize_t (*read)(void *data, char *to, loff_t pos, size_t len);
	ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len);
};

/* As kmod_attribute_make(); a "size" of 0 is one that is not known. */
int kmod_bin_attribute_make(struct kmod_bin_attribute *file, struct device *device, const char *name,
			    umode_t mode, size_t size, void *data,
			    ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			    ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len));

/* Takes it away, and waits for calls that run. Sleeps. */
void kmod_bin_attribute_remove(struct kmod_bin_attribute *file, struct device *device);

/* The same in the folder "group": as kmod_attribute_make_in(), whose folders they are. */
int kmod_bin_attribute_make_in(struct kmod_bin_attribute *file, struct device *device,
			       const char *group, const char *name, umode_t mode, size_t size,
			       void *data,
			       ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			       ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len));
void kmod_bin_attribute_remove_in(struct kmod_bin_attribute *file, struct device *device,
				  const char *group);

/*
 * The files that a device is to have when it is made, and so before user space hears of it. It begins with a
 * pointer to what device_create_with_groups() and a miscdevice take as "groups".
 */
struct kmod_files;

/* Room for "most" files; NULL for want of memory. */
struct kmod_files *kmod_files_alloc(size_t most);

/* One more, of which the rest is as for kmod_attribute_make(). */
void kmod_files_add(struct kmod_files *files, const char *name, umode_t mode, void *data,
		    ssize_t (*show)(void *data, char *page),
		    ssize_t (*store)(void *data, const char *text, size_t len));

/* The same in the folder "group", a name that stays where it is. -ENOMEM. */
int kmod_files_add_in(struct kmod_files *files, const char *group, const char *name, umode_t mode,
		      void *data, ssize_t (*show)(void *data, char *page),
		      ssize_t (*store)(void *data, const char *text, size_t len));

/* A file of bytes, in the folder "group" if that is not NULL; the rest as kmod_bin_attribute_make(). -ENOMEM. */
int kmod_files_add_bytes(struct kmod_files *files, const char *group, const char *name, umode_t mode,
			 size_t size, void *data,
			 ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			 ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len));

/* Once no device has them. */
void kmod_files_free(struct kmod_files *files);

/* sysfs_notify_dirent(): also for a file that was taken away. May be called anywhere. */
void kmod_node_notify(struct kernfs_node *node);
void kmod_node_put(struct kernfs_node *node);

#endif
