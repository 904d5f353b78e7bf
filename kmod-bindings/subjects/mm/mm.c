// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/vm_flags.h"

#include <linux/string.h>

void *kmod_vmalloc_user(size_t size)
{
	/* vmalloc() dumps the machine's memory to the log about what can never be. */
	if (PAGE_ALIGN(size) < size || PAGE_ALIGN(size) >> PAGE_SHIFT > totalram_pages())
		return NULL;
	return vmalloc_user(size);
}

void kmod_shared_copy(void *to, const void *from, size_t size)
{
	memcpy(to, from, size);
}

unsigned long kmod_vma_size(const struct vm_area_struct *vma)
{
	return vma->vm_end - vma->vm_start;
}

unsigned long kmod_vma_pgoff(const struct vm_area_struct *vma)
{
	return vma->vm_pgoff;
}

unsigned long kmod_vma_flags(const struct vm_area_struct *vma)
{
	return vma->vm_flags;
}

int kmod_vma_map(struct vm_area_struct *vma, void *pages, bool writable)
{
	unsigned long refused = VM_EXEC | (writable ? 0 : VM_WRITE);

	if (vma->vm_flags & refused)
		return -EPERM;
	if (vma->vm_flags & VM_PFNMAP)
		return -EBUSY;
	/* Nor may mprotect() allow it later. */
	kmod_compat_vm_flags_clear(vma, VM_MAYEXEC | (writable ? 0 : VM_MAYWRITE));
	return remap_vmalloc_range(vma, pages, vma->vm_pgoff);
}
