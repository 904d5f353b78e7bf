// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/sysfs.h"

#include <linux/kernfs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
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

struct kernfs_node *kmod_attribute_node(struct device *device, const char *group, const char *name)
{
	struct kernfs_node *in, *node;

	if (!group)
		return sysfs_get_dirent(folder(device)->sd, name);
	in = sysfs_get_dirent(folder(device)->sd, group);
	if (!in)
		return NULL;
	node = sysfs_get_dirent(in, name);
	sysfs_put(in);
	return node;
}

/* A folder with files of ours; the kernel has no count of those in it. */
struct folder_in {
	struct list_head list;
	struct kobject *of;
	struct attribute_group group;
	size_t files;
};

static LIST_HEAD(folders);
static DEFINE_MUTEX(folders_lock);

static struct folder_in *folder_in(struct kobject *of, const char *group)
{
	struct folder_in *in;

	list_for_each_entry(in, &folders, list)
		if (in->of == of && !strcmp(in->group.name, group))
			return in;
	return NULL;
}

static int enter(struct device *device, const char *group)
{
	static struct attribute *none[] = { NULL };
	struct kobject *of = folder(device);
	struct folder_in *in = folder_in(of, group);
	int err;

	if (in) {
		in->files++;
		return 0;
	}
	if (is_taken(device, group))
		return -EEXIST;
	in = kzalloc(sizeof(*in), GFP_KERNEL);
	if (!in)
		return -ENOMEM;
	in->of = of;
	in->group.name = group;
	in->group.attrs = none;
	in->files = 1;
	err = sysfs_create_group(of, &in->group);
	if (err)
		kfree(in);
	else
		list_add(&in->list, &folders);
	return err;
}

static void leave(struct device *device, const char *group)
{
	struct kobject *of = folder(device);
	struct folder_in *in = folder_in(of, group);

	if (!in || --in->files)
		return;
	list_del(&in->list);
	/* A file of bytes that could not be made has taken it away. */
	if (is_taken(device, group))
		sysfs_remove_group(of, &in->group);
	kfree(in);
}

int kmod_attribute_make_in(struct kmod_attribute *file, struct device *device, const char *group,
			   const char *name, umode_t mode, void *data,
			   ssize_t (*show)(void *data, char *page),
			   ssize_t (*store)(void *data, const char *text, size_t len))
{
	int err;

	mutex_lock(&folders_lock);
	err = enter(device, group);
	if (!err) {
		err = sysfs_add_file_to_group(folder(device),
					      prepare(file, device, name, mode, data, show, store),
					      group);
		if (err)
			leave(device, group);
	}
	mutex_unlock(&folders_lock);
	return err;
}

void kmod_attribute_remove_in(struct kmod_attribute *file, struct device *device, const char *group)
{
	/* It waits for handlers, which may wait for who makes a file: not with the lock. */
	sysfs_remove_file_from_group(folder(device),
				     device ? &file->device.attr : &file->module.attr, group);
	mutex_lock(&folders_lock);
	leave(device, group);
	mutex_unlock(&folders_lock);
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

static struct bin_attribute *prepare_bytes(struct kmod_bin_attribute *file, const char *name,
					   umode_t mode, size_t size, void *data,
					   ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
					   ssize_t (*write)(void *data, const char *from, loff_t pos,
							    size_t len))
{
	file->data = data;
	file->read = read;
	file->write = write;
	file->attr.attr.name = name;
	file->attr.attr.mode = mode;
	file->attr.size = size;
	sysfs_bin_attr_init(&file->attr);
	file->attr.read = read ? kmod_compat_bin_callback(read_plain, read_const) : NULL;
	file->attr.write = write ? kmod_compat_bin_callback(write_plain, write_const) : NULL;
	return &file->attr;
}

int kmod_bin_attribute_make(struct kmod_bin_attribute *file, struct device *device, const char *name,
			    umode_t mode, size_t size, void *data,
			    ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			    ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len))
{
	if (is_taken(device, name))
		return -EEXIST;
	return sysfs_create_bin_file(folder(device), prepare_bytes(file, name, mode, size, data,
								   read, write));
}

void kmod_bin_attribute_remove(struct kmod_bin_attribute *file, struct device *device)
{
	sysfs_remove_bin_file(folder(device), &file->attr);
}

static umode_t __maybe_unused none_plain(struct kobject *kobj, struct bin_attribute *attr, int n)
{
	return 0;
}

static umode_t __maybe_unused none_const(struct kobject *kobj, const struct bin_attribute *attr, int n)
{
	return 0;
}

/*
 * The kernel adds a file of bytes to a folder that is there, and takes it away, by an update of a group that is
 * called as the folder is: it touches the files of that group only.
 */
static int update_bytes(struct kmod_bin_attribute *file, struct device *device, const char *name,
			bool is_there)
{
	struct bin_attribute *attrs[] = { &file->attr, NULL };
	struct attribute_group group = { .name = name };

	kmod_compat_set_bin_attrs(&group, attrs);
	if (!is_there)
		group.is_bin_visible = kmod_compat_bin_visible(none_plain, none_const);
	return sysfs_update_group(folder(device), &group);
}

int kmod_bin_attribute_make_in(struct kmod_bin_attribute *file, struct device *device,
			       const char *group, const char *name, umode_t mode, size_t size,
			       void *data,
			       ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			       ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len))
{
	int err;

	mutex_lock(&folders_lock);
	err = enter(device, group);
	if (!err) {
		prepare_bytes(file, name, mode, size, data, read, write);
		err = update_bytes(file, device, group, true);
		if (err)
			leave(device, group);
	}
	mutex_unlock(&folders_lock);
	return err;
}

void kmod_bin_attribute_remove_in(struct kmod_bin_attribute *file, struct device *device,
				  const char *group)
{
	/* As in kmod_attribute_remove_in(); the folder is there as long as it has files. */
	if (is_taken(device, group))
		update_bytes(file, device, group, false);
	mutex_lock(&folders_lock);
	leave(device, group);
	mutex_unlock(&folders_lock);
}

/* A group and room for what is in it, with a NULL at the end. */
struct kmod_group {
	struct attribute_group group;
	struct bin_attribute **bytes; /* as many as there is room for, of kmod_bin_attributes; or NULL */
	size_t count;
	struct attribute *attrs[];
};

struct kmod_files {
	const struct attribute_group **groups; /* behind the files; the first has no name */
	size_t most;
	size_t count;
	struct kmod_attribute file[];
};

static struct kmod_group *new_group(size_t most, const char *name)
{
	struct kmod_group *group = kzalloc(struct_size(group, attrs, most + 1), GFP_KERNEL);

	if (group) {
		group->group.name = name;
		group->group.attrs = group->attrs;
	}
	return group;
}

struct kmod_files *kmod_files_alloc(size_t most)
{
	/* Each file may be in a group of its own. */
	size_t groups = (most + 2) * sizeof(struct attribute_group *);
	struct kmod_files *files = kzalloc(struct_size(files, file, most) + groups, GFP_KERNEL);
	struct kmod_group *first = new_group(most, NULL);

	if (!files || !first) {
		kfree(files);
		kfree(first);
		return NULL;
	}
	files->most = most;
	files->groups = (const struct attribute_group **)&files->file[most];
	files->groups[0] = &first->group;
	return files;
}

static void add(struct kmod_files *files, const struct attribute_group *to, const char *name,
		umode_t mode, void *data, ssize_t (*show)(void *data, char *page),
		ssize_t (*store)(void *data, const char *text, size_t len))
{
	struct kmod_group *group = container_of(to, struct kmod_group, group);

	group->attrs[group->count++] = prepare(&files->file[files->count++], true, name, mode, data,
					       show, store);
}

void kmod_files_add(struct kmod_files *files, const char *name, umode_t mode, void *data,
		    ssize_t (*show)(void *data, char *page),
		    ssize_t (*store)(void *data, const char *text, size_t len))
{
	add(files, files->groups[0], name, mode, data, show, store);
}

/* That of this name, made if it is not there; the first for NULL. */
static struct kmod_group *group_of(struct kmod_files *files, const char *name)
{
	const struct attribute_group **at = &files->groups[name ? 1 : 0];

	while (*at && name && strcmp((*at)->name, name))
		at++;
	if (!*at) {
		struct kmod_group *new = new_group(files->most, name);

		if (!new)
			return NULL;
		*at = &new->group;
	}
	return container_of(*at, struct kmod_group, group);
}

int kmod_files_add_in(struct kmod_files *files, const char *group, const char *name, umode_t mode,
		      void *data, ssize_t (*show)(void *data, char *page),
		      ssize_t (*store)(void *data, const char *text, size_t len))
{
	struct kmod_group *to = group_of(files, group);

	if (!to)
		return -ENOMEM;
	add(files, &to->group, name, mode, data, show, store);
	return 0;
}

int kmod_files_add_bytes(struct kmod_files *files, const char *group, const char *name, umode_t mode,
			 size_t size, void *data,
			 ssize_t (*read)(void *data, char *to, loff_t pos, size_t len),
			 ssize_t (*write)(void *data, const char *from, loff_t pos, size_t len))
{
	struct kmod_bin_attribute *file = kzalloc(sizeof(*file), GFP_KERNEL);
	struct kmod_group *to = group_of(files, group);
	struct bin_attribute **at;

	if (to && !to->bytes)
		to->bytes = kcalloc(files->most + 1, sizeof(*to->bytes), GFP_KERNEL);
	if (!file || !to || !to->bytes) {
		kfree(file);
		return -ENOMEM;
	}
	kmod_compat_set_bin_attrs(&to->group, to->bytes);
	for (at = to->bytes; *at; at++)
		;
	*at = prepare_bytes(file, name, mode, size, data, read, write);
	return 0;
}

static void free_group(struct kmod_group *group)
{
	struct bin_attribute **at;

	for (at = group->bytes; at && *at; at++)
		kfree(container_of(*at, struct kmod_bin_attribute, attr));
	kfree(group->bytes);
	kfree(group);
}

void kmod_files_free(struct kmod_files *files)
{
	const struct attribute_group **at;

	for (at = files->groups; *at; at++)
		free_group(container_of(*at, struct kmod_group, group));
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
