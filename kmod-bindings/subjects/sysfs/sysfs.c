// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/sysfs.h"

#include <linux/kernfs.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#define OF_MODULE(kind, attribute)						\
	static ssize_t __maybe_unused show_module_##kind(attribute *attr,	\
							 struct module_kobject *module, char *page) \
	{									\
		const struct kmod_attribute *file =				\
			container_of(attr, const struct kmod_attribute, module); \
										\
		return file->show(file->data, page);				\
	}									\
										\
	static ssize_t __maybe_unused store_module_##kind(attribute *attr,	\
							  struct module_kobject *module, \
							  const char *text, size_t len)	\
	{									\
		const struct kmod_attribute *file =				\
			container_of(attr, const struct kmod_attribute, module); \
										\
		return file->store(file->data, text, len);			\
	}

OF_MODULE(plain, struct module_attribute)
OF_MODULE(const, const struct module_attribute)

static ssize_t show_device(struct device *device, struct device_attribute *attr, char *page)
{
	struct kmod_attribute *file = container_of(attr, struct kmod_attribute, device);

	return file->show(file->data, page);
}

static ssize_t store_device(struct device *device, struct device_attribute *attr,
			    const char *text, size_t len)
{
	struct kmod_attribute *file = container_of(attr, struct kmod_attribute, device);

	return file->store(file->data, text, len);
}

static struct kobject *folder(struct device *device)
{
	return device ? &device->kobj : &THIS_MODULE->mkobj.kobj;
}

static struct attribute *prepare(struct kmod_attribute *file, bool of_device, const char *name,
				 umode_t mode, void *data, ssize_t (*show)(void *data, char *page),
				 ssize_t (*store)(void *data, const char *text, size_t len))
{
	struct attribute *attr = of_device ? &file->device.attr : &file->module.attr;

	file->data = data;
	file->show = show;
	file->store = store;
	attr->name = name;
	attr->mode = mode;
	sysfs_attr_init(attr);
	if (of_device) {
		file->device.show = show ? show_device : NULL;
		file->device.store = store ? store_device : NULL;
	} else {
		file->module.show =
			show ? kmod_compat_module_show(show_module_plain, show_module_const) : NULL;
		file->module.store =
			store ? kmod_compat_module_store(store_module_plain, store_module_const) :
				      NULL;
	}
	return attr;
}

static bool is_taken(struct device *device, const char *name)
{
	struct kernfs_node *taken = sysfs_get_dirent(folder(device)->sd, name);

	sysfs_put(taken);
	return taken;
}

int kmod_attribute_make(struct kmod_attribute *file, struct device *device, const char *name,
			umode_t mode, void *data, ssize_t (*show)(void *data, char *page),
			ssize_t (*store)(void *data, const char *text, size_t len))
{
	if (is_taken(device, name))
		return -EEXIST;
	return sysfs_create_file(folder(device),
				 prepare(file, device, name, mode, data, show, store));
}

void kmod_attribute_remove(struct kmod_attribute *file, struct device *device)
{
	sysfs_remove_file(folder(device), device ? &file->device.attr : &file->module.attr);
}

struct kernfs_node *kmod_attribute_node(struct device *device, const char *name)
{
	return sysfs_get_dirent(folder(device)->sd, name);
}

#define OF_BYTES(kind, attribute)						\
	static ssize_t __maybe_unused read_##kind(struct file *file, struct kobject *kobj, \
						  attribute *attr, char *to, loff_t pos, size_t len) \
	{									\
		const struct kmod_bin_attribute *of =				\
			container_of(attr, const struct kmod_bin_attribute, attr); \
										\
		return of->read(of->data, to, pos, len);			\
	}									\
										\
	static ssize_t __maybe_unused write_##kind(struct file *file, struct kobject *kobj, \
						   attribute *attr, char *from, loff_t pos, \
						   size_t len)			\
	{									\
		const struct kmod_bin_attribute *of =				\
			container_of(attr, const struct kmod_bin_attribute, attr); \
										\
		return of->write(of->data, from, pos, len);			\
	}

OF_BYTES(plain, struct bin_attribute)
OF_BYTES(const, const struct bin_attribute)

int kmod_bin_attribute_make(struct kmod_bin_attribute *file, struct device *device, const char *name,
			    umode_t mode, size_t size, void *data,
			    ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			    ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len))
{
	if (is_taken(device, name))
		return -EEXIST;
	file->data = data;
	file->read = read;
	file->write = write;
	file->attr.attr.name = name;
	file->attr.attr.mode = mode;
	file->attr.size = size;
	sysfs_bin_attr_init(&file->attr);
	file->attr.read = read ? kmod_compat_bin_callback(read_plain, read_const) : NULL;
	file->attr.write = write ? kmod_compat_bin_callback(write_plain, write_const) : NULL;
	return sysfs_create_bin_file(folder(device), &file->attr);
}

void kmod_bin_attribute_remove(struct kmod_bin_attribute *file, struct device *device)
{
	sysfs_remove_bin_file(folder(device), &file->attr);
}

struct kmod_files {
	const struct attribute_group *groups[2];
	struct attribute_group group;
	size_t count;
	struct attribute **attrs; /* behind the files, with a NULL at their end */
	struct kmod_attribute file[];
};

struct kmod_files *kmod_files_alloc(size_t most)
{
	size_t attrs = (most + 1) * sizeof(struct attribute *);
	struct kmod_files *files = kzalloc(struct_size(files, file, most) + attrs, GFP_KERNEL);

	if (!files)
		return NULL;
	files->attrs = (struct attribute **)&files->file[most];
	files->group.attrs = files->attrs;
	files->groups[0] = &files->group;
	return files;
}

void kmod_files_add(struct kmod_files *files, const char *name, umode_t mode, void *data,
		    ssize_t (*show)(void *data, char *page),
		    ssize_t (*store)(void *data, const char *text, size_t len))
{
	size_t at = files->count++;

	files->attrs[at] = prepare(&files->file[at], true, name, mode, data, show, store);
}

void kmod_files_free(struct kmod_files *files)
{
	kfree(files);
}

void kmod_node_notify(struct kernfs_node *node)
{
	sysfs_notify_dirent(node);
}

void kmod_node_put(struct kernfs_node *node)
{
	sysfs_put(node);
}
