// From streams to the loudspeakers: mix/.
#include <array>
#include <memory>
#include <vector>

#include "far_end.h"
#include "kernel.h"
#include "mix/limiter.h"
#include "mix/meter.h"
#include "mix/strip.h"
#include "signals.h"

namespace tutti::bench {
namespace {

using Block = std::array<float, kFrames>;

// With its meter. Moving: the pan is on its way.
template <bool kMoving>
Run strip() {
  auto strip = std::make_shared<mix::Strip>();
  strip->configure(48000.0);
  const std::vector<float> sound = test::white(kFrames, 8);
  return [strip, sound, left = Block{}, right = Block{}, pan = 0.5]() mutable {
    if (kMoving) strip->set_pan(pan = -pan);
    left.fill(0.0F);
    right.fill(0.0F);
    strip->mix(sound.data(), sound.data(), kFrames, false, left.data(), right.data());
    return left[0] + right[kFrames - 1];
  };
}

Run meter() {
  auto meter = std::make_shared<mix::Meter>();
  meter->configure(48000.0);
  const std::vector<float> left = test::white(kFrames, 9);
  const std::vector<float> right = test::white(kFrames, 10);
  return [meter, left, right] {
    meter->observe(left.data(), right.data(), kFrames);
    return meter->peak();
  };
}

// At -6 dBFS it has nothing to do, at +6 all.
template <bool kLoud>
Run limiter() {
  auto limiter = std::make_shared<mix::Limiter>();
  limiter->configure(48000.0);
  const std::vector<float> sound = test::white(kFrames, 11, kLoud ? 2.0 : 0.5);
  return [limiter, sound, left = Block{}, right = Block{}]() mutable {
    std::copy_n(sound.begin(), kFrames, left.begin());
    std::copy_n(sound.begin(), kFrames, right.begin());
    limiter->process(left.data(), right.data(), kFrames);
    return left[0] + right[kFrames - 1];
  };
}

}  // namespace

Kernels mix_kernels() {
  return {{"strip", strip<false>},
          {"strip, moving", strip<true>},
          {"meter", meter},
          {"limiter, below its knee", limiter<false>},
          {"limiter, at work", limiter<true>}};
}

}  // namespace tutti::bench
