/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vm_trace_c

#if !defined(VM_TRACE_C_H) || defined(TRACE_HEADER_MULTI_READ)
#define VM_TRACE_C_H

#include <linux/sched.h>
#include <linux/tracepoint.h>

TRACE_EVENT(vm_trace_c_values,
	TP_PROTO(s64 number),
	TP_ARGS(number),
	TP_STRUCT__entry(
		__field(u8, a)
		__field(s8, b)
		__field(u16, c)
		__field(s16, d)
		__field(u32, e)
		__field(s32, f)
		__field(u64, g)
		__field(s64, h)
		__field(unsigned long, i)
		__field(long, j)
		__field(bool, is_odd)
	),
	TP_fast_assign(
		__entry->a = number;
		__entry->b = number;
		__entry->c = number;
		__entry->d = number;
		__entry->e = number;
		__entry->f = number;
		__entry->g = number;
		__entry->h = number;
		__entry->i = number;
		__entry->j = number;
		__entry->is_odd = number & 1;
	),
	TP_printk("a=%u b=%d c=%u d=%d e=%u f=%d g=%llu h=%lld i=%lu j=%ld is_odd=%d",
		  __entry->a, __entry->b, __entry->c, __entry->d, __entry->e, __entry->f,
		  __entry->g, __entry->h, __entry->i, __entry->j, __entry->is_odd)
);

TRACE_EVENT(vm_trace_c_arrays,
	TP_PROTO(s64 number),
	TP_ARGS(number),
	TP_STRUCT__entry(
		__array(u8, bytes, 5)
		__array(s8, signs, 3)
		__array(u16, words, 3)
		__array(s64, wide, 2)
		__array(char, by, 16)
		__field(u8, last)
	),
	TP_fast_assign(
		__entry->bytes[0] = number;
		__entry->bytes[1] = 1;
		__entry->bytes[2] = 2;
		__entry->bytes[3] = 3;
		__entry->bytes[4] = 4;
		__entry->signs[0] = number;
		__entry->signs[1] = -1;
		__entry->signs[2] = 0;
		__entry->words[0] = number;
		__entry->words[1] = 0xffff;
		__entry->words[2] = 7;
		__entry->wide[0] = number;
		__entry->wide[1] = -1;
		memcpy(__entry->by, current->comm, sizeof(__entry->by));
		__entry->last = number;
	),
	TP_printk("bytes=%s signs=%s words=%s wide=%s by=%s last=%u",
		  __print_hex(__entry->bytes, 5), __print_hex(__entry->signs, 3),
		  __print_array(__entry->words, 3, 2), __print_array(__entry->wide, 2, 8),
		  __entry->by, __entry->last)
);

/* __string() as it is, but for __assign_str(), which took two arguments before 6.10. */
TRACE_EVENT(vm_trace_c_texts,
	TP_PROTO(const char *text, u32 length),
	TP_ARGS(text, length),
	TP_STRUCT__entry(
		__string(first, text)
		__field(u32, length)
		__string(second, text)
	),
	TP_fast_assign(
		strcpy(__get_str(first), text);
		__entry->length = length;
		strcpy(__get_str(second), text);
	),
	TP_printk("first=%s length=%u second=%s", __get_str(first), __entry->length,
		  __get_str(second))
);

TRACE_EVENT(vm_trace_c_nested,
	TP_PROTO(u32 depth),
	TP_ARGS(depth),
	TP_STRUCT__entry(
		__field(u32, depth)
	),
	TP_fast_assign(
		__entry->depth = depth;
	),
	TP_printk("depth=%u", __entry->depth)
);

TRACE_EVENT(vm_trace_c_inner,
	TP_PROTO(u32 depth),
	TP_ARGS(depth),
	TP_STRUCT__entry(
		__field(u32, depth)
	),
	TP_fast_assign(
		__entry->depth = depth;
	),
	TP_printk("depth=%u", __entry->depth)
);

TRACE_EVENT(vm_trace_c_gone,
	TP_PROTO(u32 made),
	TP_ARGS(made),
	TP_STRUCT__entry(
		__field(u32, made)
	),
	TP_fast_assign(
		__entry->made = made;
	),
	TP_printk("made=%u", __entry->made)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE vm_trace_c
#include <trace/define_trace.h>
