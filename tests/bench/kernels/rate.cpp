// Between the context's rate and the wire's: rate/.
#include <array>
#include <memory>
#include <vector>

#include "far_end.h"
#include "kernel.h"
#include "rate/converter.h"
#include "signals.h"

namespace tutti::bench {
namespace {

// 128 frames of two channels in, what they become out.
template <uint32_t kFrom, uint32_t kTo>
Run convert() {
  auto converter = std::make_shared<rate::Converter>();
  converter->configure(kFrom, kTo);
  const std::vector<float> sound = test::white(kFrames, 12);
  return [converter, sound, left = std::array<float, 2 * kFrames>{},
          right = std::array<float, 2 * kFrames>{}]() mutable {
    converter->process({sound.data(), sound.data()}, kFrames, {left.data(), right.data()});
    return left[0] + right[0];
  };
}

}  // namespace

Kernels rate_kernels() {
  return {{"rate, 44.1 to 48 kHz, stereo", convert<44100, 48000>},
          {"rate, 48 to 44.1 kHz, stereo", convert<48000, 44100>}};
}

}  // namespace tutti::bench
