/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RBTREE_H
#define KMOD_RBTREE_H

#include <linux/rbtree.h>

/* Puts a node where a search has ended: at the parent's link, or the root's if there is none. */
void kmod_rb_insert(struct rb_node *node, struct rb_node *parent, struct rb_node **link,
		    struct rb_root *root);

#endif
