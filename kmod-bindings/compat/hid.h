/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_HID_H
#define KMOD_COMPAT_HID_H

#include <linux/hid.h>

/* Since 6.12 what report_fixup() gives is constant: picks the function that fits. */
#define kmod_compat_hid_report_fixup(changing, constant)			\
	_Generic(((struct hid_driver *)NULL)->report_fixup,			\
		 u8 *(*)(struct hid_device *, u8 *, unsigned int *): changing,	\
		 const u8 *(*)(struct hid_device *, u8 *, unsigned int *): constant)

#endif
