// Nothing on the audio thread may allocate: every operator new and delete of the whole program is
// counted here, and every malloc() and its like that is compiled into it (the linker's --wrap),
// since what is written in C knows nothing else.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>
#include <span>
#include <vector>

#include "engine.h"
#include "rate/converter.h"
#include "signals.h"

namespace {

// volatile: the compiler knows malloc() and would count on it that it touches no variable of ours.
volatile uint64_t calls_to_the_heap = 0;

// NOLINTBEGIN(cppcoreguidelines-no-malloc): what operator new is made of.
void* allocate(size_t bytes, size_t alignment = alignof(std::max_align_t)) {
  calls_to_the_heap = calls_to_the_heap + 1;
  void* memory = nullptr;
  if (alignment <= alignof(std::max_align_t)) {
    memory = std::malloc(bytes);
  } else {
    memory = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  }
  if (memory == nullptr) std::abort();
  return memory;
}
void release(void* memory) noexcept {
  calls_to_the_heap = calls_to_the_heap + 1;
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming): the linker's names.
extern "C" {
void* __real_malloc(size_t bytes);
void* __real_calloc(size_t count, size_t bytes);
void* __real_realloc(void* memory, size_t bytes);
void __real_free(void* memory);

void* __wrap_malloc(size_t bytes) {
  calls_to_the_heap = calls_to_the_heap + 1;
  return __real_malloc(bytes);
}
void* __wrap_calloc(size_t count, size_t bytes) {
  calls_to_the_heap = calls_to_the_heap + 1;
  return __real_calloc(count, bytes);
}
void* __wrap_realloc(void* memory, size_t bytes) {
  calls_to_the_heap = calls_to_the_heap + 1;
  return __real_realloc(memory, bytes);
}
void __wrap_free(void* memory) {
  calls_to_the_heap = calls_to_the_heap + 1;
  __real_free(memory);
}
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

// The forms for arrays, and those that do not throw, come down to these.
void* operator new(size_t bytes) { return allocate(bytes); }
void* operator new(size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<size_t>(alignment));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, size_t /*bytes*/) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { release(memory); }
void operator delete(void* memory, size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
  release(memory);
}

namespace tutti {
namespace {

constexpr uint32_t kPeers = Engine::kMaxPeers;

// 64 musicians at once, on networks that lose, delay, repeat and reorder, while every knob is
// turned. Only what the engine does is counted.
class Crowd {
 public:
  explicit Crowd(uint32_t rate) : rate_(rate) {
    engine.configure({rate, 2048, kPeers, 128, 16});
    sound_ = test::white(4096, 90, 0.9);
    left_.resize(2048);
    right_.resize(2048);
    for (auto& packet : packets_) packet.reserve(8 * 2064);
  }

  template <typename Call>
  void counted(Call call) {
    const uint64_t before = calls_to_the_heap;
    call();
    calls += calls_to_the_heap - before;
  }

  void run(int quanta) {
    for (int q = 0; q < quanta; ++q) {
      const uint32_t frames = random_.chance(0.05) ? 1 + random_.below(2048) : 128;
      const float* const input[2] = {sound_.data(), sound_.data() + 7};
      counted([&] { engine.capture(input, random_.below(3), frames); });
      for (uint32_t peer = 0; peer < kPeers; ++peer) play(peer);
      if (random_.chance(0.5)) turn_a_knob();
      if (random_.chance(0.1)) someone_comes_or_goes();
      counted([&] { engine.render(left_.data(), right_.data(), frames); });
      counted([&] { report(); });
      wall_us_ += frames * 1e6 / rate_;
    }
  }

  Engine engine;
  uint64_t calls = 0;

 private:
  // A datagram of up to four packets, that a peer's network has treated badly.
  void play(uint32_t peer) {
    if (random_.chance(0.05)) return;
    std::vector<uint8_t>& bytes = packets_[peer];
    uint16_t& sequence = sequences_[peer];
    if (random_.chance(0.002)) sequence = static_cast<uint16_t>(random_.bits());
    write(bytes, sequence, random_.chance(0.3) ? 3 : 1, peer % 5 == 4);
    if (!random_.chance(0.02)) ++sequence;
    if (random_.chance(0.01)) bytes[random_.below(static_cast<uint32_t>(bytes.size()))] ^= 0x10U;
    const int bursts = random_.chance(0.01) ? 20 : 1;
    for (int i = 0; i < bursts; ++i) {
      counted([&] { engine.receive(peer, bytes, wall_us_ + random_.between(0.0, 3000.0)); });
    }
    if (random_.chance(0.02)) {
      counted([&] { engine.observe_exchange(peer, wall_us_, 1e6, 1e6 + 50, wall_us_ + 9000); });
    }
  }
  void write(std::vector<uint8_t>& bytes, uint16_t newest, size_t copies, bool wide) {
    wire::Header h;
    h.frames = wide ? 64 : 128;
    h.rate_code = 3;
    h.bits = wide ? 24 : 16;
    h.channels = static_cast<uint8_t>(wide ? 4 : 1 + (newest / 50) % 2);
    bytes.resize(copies * wire::packet_bytes(h));
    for (size_t i = 0; i < copies; ++i) {
      h.sequence = static_cast<uint16_t>(newest - i);
      h.capture_time_us = 1'000'000 + 2667ULL * h.sequence;
      const auto payload =
          wire::write_header(h, std::span(bytes).subspan(i * wire::packet_bytes(h)));
      for (size_t n = 0; n < payload.size(); n += 5) payload[n] = random_.byte();
    }
  }
  void turn_a_knob() {
    const auto knob =
        static_cast<Parameter>(random_.below(static_cast<uint32_t>(Parameter::kCount)));
    double value = random_.between(-2.0, 5.0);
    if (random_.chance(0.3)) value = random_.between(-70.0, 300.0);
    if (random_.chance(0.02)) value = std::numeric_limits<double>::quiet_NaN();
    const uint32_t peer = random_.below(kPeers);
    counted([&] { engine.set(knob, peer, value); });
  }
  void someone_comes_or_goes() {
    const uint32_t peer = random_.below(kPeers);
    counted([&] {
      if (!engine.add_peer(peer)) engine.remove_peer(peer);
    });
  }
  void report() {
    PeerReport peer_report;
    EngineReport engine_report;
    engine.report(random_.below(kPeers), peer_report);
    engine.report(engine_report);
    engine.observe_clock(wall_us_);
  }

  uint32_t rate_;
  test::Random random_{91};
  std::vector<float> sound_;
  std::vector<float> left_;
  std::vector<float> right_;
  std::array<std::vector<uint8_t>, kPeers> packets_;
  std::array<uint16_t, kPeers> sequences_{};
  double wall_us_ = 1.7e15;
};

TEST(EngineAllocation, IsSeenByThisTest) {
  uint64_t before = calls_to_the_heap;
  {
    rate::Converter converter;
    ASSERT_TRUE(converter.configure(44100, 48000));
    // Of each channel's state its own five pieces.
    EXPECT_GE(calls_to_the_heap, before + 10);
  }
  before = calls_to_the_heap;
  std::vector<float> some(10);
  EXPECT_GT(calls_to_the_heap, before);
  Engine engine;
  const uint64_t at_configure = calls_to_the_heap;
  ASSERT_TRUE(engine.configure({}));
  EXPECT_GT(calls_to_the_heap, at_configure);
  some.clear();
}

class EngineAllocationAt : public testing::TestWithParam<uint32_t> {};
INSTANTIATE_TEST_SUITE_P(Rates, EngineAllocationAt, testing::Values(48000, 44100, 44101, 96000));

TEST_P(EngineAllocationAt, IsNoneAfterConfigure) {
  Crowd crowd(GetParam());
  crowd.counted([&] {
    for (uint32_t peer = 0; peer < kPeers; ++peer) crowd.engine.add_peer(peer);
  });
  crowd.run(300);
  EXPECT_EQ(crowd.calls, 0U);
  // All of it really happened.
  PeerReport all{};
  for (uint32_t peer = 0; peer < kPeers; ++peer) {
    PeerReport report;
    if (!crowd.engine.report(peer, report)) continue;
    all.received += report.received;
    all.lost += report.lost;
    all.late += report.late;
    all.duplicate += report.duplicate;
    all.recovered += report.recovered;
    all.malformed += report.malformed;
    all.concealed_frames += report.concealed_frames;
    all.discontinuities += report.discontinuities;
    all.restarts += report.restarts;
    all.playing += report.playing;
  }
  EXPECT_GT(all.received, 1000.0);
  EXPECT_GT(all.lost, 10.0);
  EXPECT_GT(all.late, 1.0);
  EXPECT_GT(all.duplicate, 10.0);
  EXPECT_GT(all.recovered, 10.0);
  EXPECT_GT(all.malformed, 0.0);
  EXPECT_GT(all.concealed_frames, 1000.0);
  EXPECT_GT(all.discontinuities, 0.0);
  EXPECT_GT(all.restarts, 0.0);
  EXPECT_GT(all.playing, 10.0);
}

TEST_P(EngineAllocationAt, IsNoneWhileWarmingUp) {
  Engine engine;
  ASSERT_TRUE(engine.configure({GetParam(), 128, 4, 128, 16}));
  const uint64_t before = calls_to_the_heap;
  engine.warm_up();
  EXPECT_EQ(calls_to_the_heap, before);
}

}  // namespace
}  // namespace tutti
