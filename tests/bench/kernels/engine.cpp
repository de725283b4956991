// The whole of it: engine.h, one quantum with all that came for it.
#include "engine.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "far_end.h"
#include "kernel.h"

namespace tutti::bench {
namespace {

constexpr double kPpm = 30.0;

struct Room {
  Room(uint32_t peers, uint32_t channels) {
    engine.configure({48000, kFrames, peers, kFrames, 16});
    for (uint32_t peer = 0; peer < peers; ++peer) {
      engine.add_peer(peer);
      musicians.emplace_back(peer + 1, channels, kPpm);
    }
    // Until the drift is known, and the offsets are where they will stay.
    for (int i = 0; i < 7500; ++i) quantum();
  }
  float quantum() {
    for (uint32_t peer = 0; peer < musicians.size(); ++peer) {
      FarEnd& far = musicians[peer];
      while (far.arrival() <= static_cast<double>(now)) {
        const double wall_us = FarEnd::kEpochUs + far.arrival() / 0.048;
        engine.receive(peer, far.next(), wall_us);
      }
    }
    engine.render(left.data(), right.data(), kFrames);
    now += kFrames;
    return left[0] + right[kFrames - 1];
  }
  Engine engine;
  std::vector<FarEnd> musicians;
  std::array<float, kFrames> left{};
  std::array<float, kFrames> right{};
  int64_t now = 0;
};

template <uint32_t kPeers, uint32_t kChannels>
Run play() {
  auto room = std::make_shared<Room>(kPeers, kChannels);
  return [room] { return room->quantum(); };
}

}  // namespace

Kernels engine_kernels() {
  return {{"engine, 16 peers, mono", play<16, 1>}, {"engine, 16 peers, stereo", play<16, 2>}};
}

}  // namespace tutti::bench
