// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

void kmod_rb_insert(struct rb_node *node, struct rb_node *parent, struct rb_node **link,
		    struct rb_root *root)
{
	rb_link_node(node, parent, link);
	rb_insert_color(node, root);
}
