// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/vm_flags.h"

#include <linux/dma-map-ops.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct kmod_mappable {
	refcount_t users; /* its maker, and each area */
	struct mutex lock;
	bool open;
	unsigned long pfn;
	void *memory; /* of dma_alloc_coherent(), instead */
	bool cached;
	unsigned long pages;
	struct list_head areas;
};

/* What one mmap() has mapped: the areas that it was split into, and those of children. */
struct area {
	struct list_head list;
	struct kmod_mappable *mappable;
	unsigned int count;
	/* Of a file that the areas hold open. */
	struct address_space *space;
	loff_t start;
	loff_t size;
};

static void put(struct kmod_mappable *mappable)
{
	if (refcount_dec_and_test(&mappable->users)) {
		mutex_destroy(&mappable->lock);
		kfree(mappable);
	}
}

static void area_open(struct vm_area_struct *vma)
{
	struct area *area = vma->vm_private_data;

	mutex_lock(&area->mappable->lock);
	area->count++;
	mutex_unlock(&area->mappable->lock);
}

static void area_close(struct vm_area_struct *vma)
{
	struct area *area = vma->vm_private_data;
	struct kmod_mappable *mappable = area->mappable;
	bool last;

	mutex_lock(&mappable->lock);
	last = !--area->count;
	if (last)
		list_del(&area->list);
	mutex_unlock(&mappable->lock);
	if (last) {
		kfree(area);
		put(mappable);
	}
}

static unsigned long pfn_of(const struct kmod_mappable *mappable, unsigned long page)
{
	void *at = mappable->memory + (page << PAGE_SHIFT);

	if (!mappable->memory)
		return mappable->pfn + page;
	return is_vmalloc_addr(at) ? vmalloc_to_pfn(at) : page_to_pfn(virt_to_page(at));
}

static vm_fault_t area_fault(struct vm_fault *vmf)
{
	struct area *area = vmf->vma->vm_private_data;
	struct kmod_mappable *mappable = area->mappable;
	vm_fault_t result = VM_FAULT_SIGBUS;

	mutex_lock(&mappable->lock);
	if (mappable->open && vmf->pgoff < mappable->pages)
		result = vmf_insert_pfn(vmf->vma, vmf->address, pfn_of(mappable, vmf->pgoff));
	mutex_unlock(&mappable->lock);
	return result;
}

/* Pages are mapped when they are touched: an area of a mmap() that still runs is nowhere to be found when all are to
 * be unmapped. */
static const struct vm_operations_struct area_ops = {
	.open = area_open,
	.close = area_close,
	.fault = area_fault,
};

static struct kmod_mappable *new(unsigned long pages)
{
	struct kmod_mappable *mappable = kzalloc(sizeof(*mappable), GFP_KERNEL);

	if (!mappable)
		return NULL;
	refcount_set(&mappable->users, 1);
	mutex_init(&mappable->lock);
	INIT_LIST_HEAD(&mappable->areas);
	mappable->open = true;
	mappable->pages = pages;
	return mappable;
}

struct kmod_mappable *kmod_mappable_new(u64 start, u64 size)
{
	/* What shares a page with others is not given out. */
	struct kmod_mappable *mappable = new(PAGE_ALIGNED(start) ? size >> PAGE_SHIFT : 0);

	if (mappable)
		mappable->pfn = start >> PAGE_SHIFT;
	return mappable;
}

struct kmod_mappable *kmod_mappable_of_dma(struct device *device, void *memory, size_t size)
{
	struct kmod_mappable *mappable = new(PAGE_ALIGN(size) >> PAGE_SHIFT);

	if (mappable) {
		mappable->memory = memory;
		mappable->cached = dev_is_dma_coherent(device);
	}
	return mappable;
}

void kmod_mappable_end(struct kmod_mappable *mappable)
{
	struct area *area;

	mutex_lock(&mappable->lock);
	mappable->open = false;
	list_for_each_entry(area, &mappable->areas, list)
		unmap_mapping_range(area->space, area->start, area->size, 1);
	mutex_unlock(&mappable->lock);
	put(mappable);
}

int kmod_vma_map_device(struct vm_area_struct *vma, struct kmod_mappable *mappable, bool writable)
{
	unsigned long refused = VM_EXEC | (writable ? 0 : VM_WRITE);
	unsigned long pages = vma_pages(vma);
	struct area *area;

	if (vma->vm_flags & refused)
		return -EPERM;
	if (vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP))
		return -EBUSY;
	/* There are no copies of what a device changes. */
	if ((vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE)
		return -EINVAL;
	if (vma->vm_pgoff >= mappable->pages || pages > mappable->pages - vma->vm_pgoff)
		return -EINVAL;
	area = kzalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return -ENOMEM;
	area->mappable = mappable;
	area->count = 1;
	area->space = vma->vm_file->f_mapping;
	area->start = (loff_t)vma->vm_pgoff << PAGE_SHIFT;
	area->size = (loff_t)pages << PAGE_SHIFT;
	kmod_compat_vm_flags_clear(vma, VM_MAYEXEC | (writable ? 0 : VM_MAYWRITE));
	kmod_compat_vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP);
	if (!mappable->memory)
		vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	else if (!mappable->cached)
		vma->vm_page_prot = pgprot_dmacoherent(vma->vm_page_prot);
	vma->vm_private_data = area;
	vma->vm_ops = &area_ops;
	refcount_inc(&mappable->users);
	mutex_lock(&mappable->lock);
	list_add(&area->list, &mappable->areas);
	mutex_unlock(&mappable->lock);
	return 0;
}

void kmod_vma_unmap_device(struct vm_area_struct *vma)
{
	area_close(vma);
	vma->vm_ops = NULL;
}
