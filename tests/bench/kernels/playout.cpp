// One remote stream while all is well: playout/ and clock/.
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "clock/skew.h"
#include "far_end.h"
#include "kernel.h"
#include "playout/delay_target.h"
#include "playout/interpolator.h"
#include "playout/stream.h"
#include "signals.h"
#include "wire/redundancy.h"

namespace tutti::bench {
namespace {

using playout::Interpolator;

// On whole frames this is one copy of 512 bytes, for which V8 calls the C library's, 12 ns: four
// floats at a time take 15 (measured). Of the rest, 3 ns are the call of a Run, natively 1.
template <int kPpm>
Run interpolate() {
  auto interpolator = std::make_shared<Interpolator>();
  const std::vector<float> sound = test::white(kFrames + 2 * Interpolator::kTaps, 2);
  const double ratio = 1.0 + kPpm * 1e-6;
  return [=, fraction = kPpm == 0 ? 0.0 : 0.1, out = std::array<float, kFrames>{}]() mutable {
    interpolator->read(sound.data() + Interpolator::kTaps, fraction, ratio, out.data(), kFrames);
    if (kPpm != 0) fraction = fraction < 0.8 ? fraction + 0.01 : 0.1;
    return out[0] + out[kFrames - 1];
  };
}

Run observe_arrival() {
  auto target = std::make_shared<playout::DelayTarget>();
  target->configure(48000.0);
  return [target, random = test::Random(3), now = int64_t{0}]() mutable {
    now += kFrames;
    target->observe(500.0 + 20.0 * random.exponential(), kFrames, now);
    return static_cast<float>(target->base() + target->depth());
  };
}

Run observe_skew() {
  auto skew = std::make_shared<clock::Skew>();
  auto observe = [skew, random = test::Random(4), first = int64_t{0}]() mutable {
    first += kFrames;
    const double arrived = static_cast<double>(first) / (1.0 + 30e-6) + 20.0 * random.exponential();
    skew->observe(arrived, first);
    return static_cast<float>(skew->value());
  };
  // Half a minute, until it is known.
  for (int i = 0; i < 12'000; ++i) observe();
  return observe;
}

// One stream, one quantum: its packets come in, 128 frames go out.
struct Playing {
  Playing(uint32_t channels, double ppm) : far(1, channels, ppm) {
    tools.configure();
    stream.configure(48000.0, kFrames, interpolator, tools);
    // Until the drift is known, and the offset is where it will stay.
    for (int i = 0; i < 7500; ++i) quantum();
  }
  float quantum() {
    while (far.arrival() <= static_cast<double>(now)) {
      const double waited = static_cast<double>(now) - far.arrival();
      datagram.parse(far.next());
      stream.receive(datagram, now, waited);
    }
    stream.render(left.data(), right.data(), kFrames, now);
    now += kFrames;
    return left[0] + right[kFrames - 1];
  }
  Interpolator interpolator;
  playout::ConcealmentTools tools;
  playout::Stream stream;
  wire::Datagram datagram;
  FarEnd far;
  std::array<float, kFrames> left{};
  std::array<float, kFrames> right{};
  int64_t now = 0;
};

template <uint32_t kChannels, int kPpm>
Run play() {
  auto playing = std::make_shared<Playing>(kChannels, kPpm);
  return [playing] { return playing->quantum(); };
}

}  // namespace

Kernels playout_kernels() {
  return {{"interpolator, whole frames", interpolate<0>},
          {"interpolator, drift of 30 ppm", interpolate<30>},
          {"interpolator, drift of 200 ppm", interpolate<200>},
          {"interpolator, slew of 0.1 %", interpolate<1000>},
          {"delay target, an arrival", observe_arrival},
          {"skew, an arrival", observe_skew},
          {"stream, mono, no drift", play<1, 0>},
          {"stream, mono, 30 ppm", play<1, 30>},
          {"stream, stereo, 30 ppm", play<2, 30>}};
}

}  // namespace tutti::bench
