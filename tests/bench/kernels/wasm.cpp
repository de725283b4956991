// The kernels for whoever has a clock outside of WebAssembly: tests/bench/kernels.ts.
#include <cstdint>

#include "kernel.h"

#define TUTTI_EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace {

// Not a static's constructor: whoever calls no start function may call these all the same.
const tutti::bench::Kernels& kernels() {
  static const tutti::bench::Kernels all = tutti::bench::all_kernels();
  return all;
}
tutti::bench::Run run;

}  // namespace

TUTTI_EXPORT(kernel_count) uint32_t kernel_count() {
  return static_cast<uint32_t>(kernels().size());
}
// ASCII, so many bytes at an address.
TUTTI_EXPORT(kernel_name) const char* kernel_name(uint32_t i) { return kernels()[i].name.data(); }
TUTTI_EXPORT(kernel_name_bytes) uint32_t kernel_name_bytes(uint32_t i) {
  return static_cast<uint32_t>(kernels()[i].name.size());
}
// The kernel that kernel_run() runs from now on.
TUTTI_EXPORT(kernel_prepare) void kernel_prepare(uint32_t i) {
  run = nullptr;
  run = kernels()[i].prepare();
}
// So often; the sum of the answers.
TUTTI_EXPORT(kernel_run) double kernel_run(uint32_t times) {
  double sum = 0.0;
  for (uint32_t i = 0; i < times; ++i) sum += static_cast<double>(run());
  return sum;
}
