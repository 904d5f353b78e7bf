// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

const char *kmod_dmi_get(unsigned int field)
{
	return dmi_get_system_info(field);
}

const struct dmi_system_id *kmod_dmi_first_match(const struct dmi_system_id *rows)
{
	return dmi_first_match(rows);
}
