/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM bench_objects_c

#if !defined(BENCH_OBJECTS_C_H) || defined(TRACE_HEADER_MULTI_READ)
#define BENCH_OBJECTS_C_H

#include <linux/tracepoint.h>

TRACE_EVENT(bench_objects_c_turn,
	TP_PROTO(u32 turn, u32 of),
	TP_ARGS(turn, of),
	TP_STRUCT__entry(
		__field(u32, turn)
		__field(u32, of)
	),
	TP_fast_assign(
		__entry->turn = turn;
		__entry->of = of;
	),
	TP_printk("turn=%u of=%u", __entry->turn, __entry->of)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE bench_objects_c
#include <trace/define_trace.h>
