/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_MM_H
#define KMOD_MM_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

static const unsigned long KMOD_PAGE_SIZE = PAGE_SIZE;

/* Zeroed pages for kmod_vma_map(), to be freed by vfree(); NULL when there are none. */
void *kmod_vmalloc_user(size_t size);

/* Copies where the other side may be changed by user space at any time. */
void kmod_shared_copy(void *to, const void *from, size_t size);

unsigned long kmod_vma_size(const struct vm_area_struct *vma);
unsigned long kmod_vma_pgoff(const struct vm_area_struct *vma);
unsigned long kmod_vma_flags(const struct vm_area_struct *vma);

static const unsigned long KMOD_VM_WRITE = VM_WRITE;
static const unsigned long KMOD_VM_SHARED = VM_SHARED;

/*
 * Maps the pages of kmod_vmalloc_user() from the area's offset on, never to be executed and, if
 * not "writable", never to be written: -EPERM if the area is to be either, -EINVAL if it is not
 * within the pages. Only for an area whose mmap() runs.
 */
int kmod_vma_map(struct vm_area_struct *vma, void *pages, bool writable);

/* Memory of a device's, of which whole pages may be mapped until the device goes. */
struct kmod_mappable;

struct kmod_mappable *kmod_mappable_new(u64 start, u64 size); /* NULL when there is no memory */

/* The same of kmod_dma_alloc()'s, to the end of its last page. */
struct kmod_mappable *kmod_mappable_of_dma(struct device *device, void *memory, size_t size);

/* Unmaps it: who touches it gets SIGBUS. It is not to be mapped any more. */
void kmod_mappable_end(struct kmod_mappable *mappable);

/* The same as kmod_vma_map(), of a device's memory; -EINVAL also for a private area that may be written. */
int kmod_vma_map_device(struct vm_area_struct *vma, struct kmod_mappable *mappable, bool writable);

/* Undoes it, if the running mmap() fails. */
void kmod_vma_unmap_device(struct vm_area_struct *vma);

#endif
