// Two hostile peers in a whole engine: whatever arrives, in whatever order and time, what it plays
// is finite and below the ceiling, and what it reports makes sense.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "engine.h"
#include "mix/limiter.h"
#include "wire/packet.h"
#include "wire/redundancy.h"

namespace {

using tutti::Engine;
using tutti::Parameter;
using tutti::wire::Header;

constexpr uint32_t kPeers = 2;
constexpr uint32_t kMostFrames = 2048;
// Bound the work for one input: many short ones find more. A stream begins to play after 4,800
// frames.
constexpr int kMostSteps = 32;
constexpr uint32_t kMostRendered = 14400;

void expect(bool truth) {
  if (!truth) std::abort();
}

// The input as numbers; zeros behind its end.
class Source {
 public:
  explicit Source(std::span<const uint8_t> bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  uint8_t byte() {
    if (rest_.empty()) return 0;
    const uint8_t b = rest_.front();
    rest_ = rest_.subspan(1);
    return b;
  }
  std::span<const uint8_t> bytes(size_t count) {
    const auto part = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(part.size());
    return part;
  }
  template <typename T, size_t kCount>
  T one_of(const std::array<T, kCount>& values) {
    return values[byte() % kCount];
  }

 private:
  std::span<const uint8_t> rest_;
};

// One engine for all inputs; every input finds new peers in it.
class Room {
 public:
  Room() {
    expect(engine_.configure({48000, kMostFrames, kPeers, 128, 16}));
    left_.resize(kMostFrames);
    right_.resize(kMostFrames);
  }

  void run(std::span<const uint8_t> input) {
    there_ = {};
    sequence_ = {};
    rendered_ = 0;
    receive(0, input);
    Source source(input);
    for (int step = 0; step < kMostSteps && !source.empty(); ++step) next(source);
    render(128);
    for (uint32_t peer = 0; peer < kPeers; ++peer) {
      expect(engine_.remove_peer(peer) == there_[peer]);
    }
    engine_.set(Parameter::kMasterGainDb, 0, 0.0);
  }

 private:
  void next(Source& source) {
    const uint8_t what = source.byte();
    const uint32_t peer = what % kPeers;
    switch ((what >> 1U) % 8) {
      case 0:
        receive(peer, source.bytes(source.byte() + size_t{256} * (source.byte() % 4)));
        break;
      case 1:
      case 2:
      case 3:
        receive(peer, made(peer, source));
        break;
      case 4:
        engine_.set(static_cast<Parameter>(source.byte() % 13), peer,
                    source.one_of(std::array{0.0, 1.0, 2.0, 3.0, -1.0, 0.4, 12.0, -60.0, 100.0,
                                             250.0, 1e300, -1e300, std::nan("")}));
        break;
      case 5:
        wall_us_ += source.one_of(std::array{0.0, 2667.0, 1e4, 1e6, 1e9, -1e6});
        break;
      default:
        render(source.one_of(std::array{128U, 2048U, 128U, 2000U, 64U, 441U, 1U, 17U}));
        break;
    }
  }

  // A datagram that is mostly good, or little would come behind the parser.
  std::span<const uint8_t> made(uint32_t peer, Source& source) {
    const uint8_t how = source.byte();
    sequence_[peer] = static_cast<uint16_t>(
        sequence_[peer] +
        source.one_of(std::array{1, 1, 1, 1, 2, 0, -1, -5, 90, 999, 1001, -700, 30000, 32768}));
    Header h;
    h.frames = source.one_of(std::array<uint16_t, 6>{128, 128, 64, 16, 17, 1024});
    h.rate_code = how % 64 == 0 ? 2 : 3;
    h.bits = source.one_of(std::array<uint8_t, 4>{16, 24, 32, 8});
    h.channels = source.one_of(std::array<uint8_t, 6>{1, 2, 2, 0, 3, 8});
    const uint8_t fill = source.byte();
    const size_t copies = h.frames == 1024 ? 1 : 1 + (how >> 6U);
    bytes_.assign(copies * tutti::wire::packet_bytes(h), fill);
    for (size_t i = 0; i < copies; ++i) {
      h.sequence = static_cast<uint16_t>(sequence_[peer] - i);
      h.capture_time_us = (how & 1U) == 0 ? 2667ULL * h.sequence : 1ULL << (how % 64);
      const auto payload =
          tutti::wire::write_header(h, std::span(bytes_).subspan(i * tutti::wire::packet_bytes(h)));
      for (size_t n = 0; n < payload.size(); n += 3) payload[n] = source.byte();
    }
    return bytes_;
  }

  void receive(uint32_t peer, std::span<const uint8_t> bytes) {
    // Of exactly that size, so that the sanitizer sees a read behind the end.
    const std::vector<uint8_t> datagram(bytes.begin(), bytes.end());
    // A peer that never says anything sensible is not worth the time that a new one takes.
    tutti::wire::Datagram parsed;
    const bool good = parsed.parse(datagram) == tutti::wire::Refusal::kNone;
    if (good && !there_[peer]) there_[peer] = engine_.add_peer(peer);
    engine_.receive(peer, datagram, wall_us_);
  }

  void render(uint32_t frames) {
    if (rendered_ > kMostRendered) return;
    rendered_ += frames;
    engine_.render(left_.data(), right_.data(), frames);
    for (uint32_t i = 0; i < frames; ++i) {
      expect(std::fabs(left_[i]) <= tutti::mix::Limiter::kCeiling);
      expect(std::fabs(right_[i]) <= tutti::mix::Limiter::kCeiling);
    }
    for (uint32_t peer = 0; peer < kPeers; ++peer) {
      tutti::PeerReport report;
      expect(engine_.report(peer, report) == there_[peer]);
      if (!there_[peer]) continue;
      expect(report.lost >= 0.0 && report.late >= 0.0 && report.received >= 0.0);
      expect(std::isfinite(report.playout_delay_ms) && std::isfinite(report.target_delay_ms));
      expect(report.ratio > 0.99 && report.ratio < 1.01);
      expect(std::isfinite(report.peak) && std::isfinite(report.rms));
    }
  }

  Engine engine_;
  std::vector<float> left_;
  std::vector<float> right_;
  std::vector<uint8_t> bytes_;
  std::array<bool, kPeers> there_{};
  std::array<uint16_t, kPeers> sequence_{};
  double wall_us_ = 1.7e15;
  uint32_t rendered_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Room room;
  room.run({data, size});
  return 0;
}
