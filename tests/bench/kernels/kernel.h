// What the engine does over and over, one piece at a time, so that each can be timed: natively by
// Google Benchmark (native.cpp) and in WebAssembly by Node (wasm.cpp, ../kernels.ts). Nothing here
// knows by whom, and tests/engine/kernels_test.cpp runs each once.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace tutti::bench {

// Does the piece once more. The answer comes from what was computed, and is finite: nothing may be
// left out, and a kernel that has gone wrong is seen.
using Run = std::function<float()>;

struct Kernel {
  std::string_view name;
  // Makes all that is needed; may allocate and take its time. What it makes belongs to the Run.
  Run (*prepare)();
};

// One group in each file of this folder.
using Kernels = std::vector<Kernel>;
Kernels wire_kernels();
Kernels playout_kernels();
Kernels concealment_kernels();
Kernels mix_kernels();
Kernels rate_kernels();
Kernels engine_kernels();

// All of them, in this order.
Kernels all_kernels();

}  // namespace tutti::bench
