#include "kernel.h"

namespace tutti::bench {

Kernels all_kernels() {
  Kernels all;
  for (const auto& group : {wire_kernels(), playout_kernels(), concealment_kernels(), mix_kernels(),
                            rate_kernels(), engine_kernels()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

}  // namespace tutti::bench
