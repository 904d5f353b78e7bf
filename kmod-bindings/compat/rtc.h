/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_RTC_H
#define KMOD_COMPAT_RTC_H

#include <linux/rtc.h>

/* Either is undone with what is managed of the clock's parent; the first one came in 5.11. */
#ifdef devm_rtc_register_device
#define kmod_compat_rtc_register(rtc) devm_rtc_register_device(rtc)
#else
#define kmod_compat_rtc_register(rtc) rtc_register_device(rtc)
#endif

#endif
