// The end of the module when something is impossible: abort() and exit() come down to this one
// call of WASI's. Answered here with a trap, it leaves the module without a single import, and
// JavaScript sees a RuntimeError.
#include <cstdint>

// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming): the name is WASI's.
extern "C" [[noreturn]] void __wasi_proc_exit(uint32_t code);
extern "C" [[noreturn]] void __wasi_proc_exit(uint32_t /*code*/) { __builtin_trap(); }
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)
