// SPDX-License-Identifier: GPL-2.0-only
#include "meminfo.h"

#include <linux/vmstat.h>

unsigned long meminfo_sys_file_pages(void)
{
	return global_node_page_state(NR_FILE_PAGES);
}
