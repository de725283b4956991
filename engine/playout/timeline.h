// What is known of one remote stream's recent sound, on the SENDER's timeline.
//
// A ring of frames addressed by absolute frame number (packet k covers k*P .. k*P+P-1), and for
// each packet whether it has arrived. Packets fall into their place whatever their order.
// One thread; configure() allocates, nothing else does. Frames are samples per channel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tutti::playout {

class Timeline {
 public:
  // 683 ms at 48 kHz: 256 ms of what is to come, and the history that concealment learns from.
  static constexpr int64_t kFrames = 32768;
  static constexpr int64_t kPackets = 2048;  // kFrames / the smallest packet
  static constexpr uint32_t kChannels = 2;

  void configure();
  // Forgets all packets and silences the ring; keeps the memory.
  void reset() noexcept;

  bool has(int64_t packet) const noexcept { return slot(packet).packet == packet; }
  // Only after has(packet).
  uint64_t capture_time_us(int64_t packet) const noexcept { return slot(packet).capture_time_us; }
  void mark(int64_t packet, uint64_t capture_time_us) noexcept {
    slots_[index_of(packet, kPackets)] = {packet, capture_time_us, false};
  }
  // Whether a packet's first frame was played as it was received; of one that is still known.
  bool played(int64_t packet) const noexcept { return has(packet) && slot(packet).played; }
  // Only after has(packet).
  void mark_played(int64_t packet) noexcept { slots_[index_of(packet, kPackets)].played = true; }

  // Any range of at most kFrames; it wraps by itself.
  void write(uint32_t channel, int64_t first, std::span<const float> frames) noexcept;
  void read(uint32_t channel, int64_t first, std::span<float> frames) const noexcept;
  // Moves `count` frames that end before `end` by `distance` (either way), all channels.
  void move(int64_t end, int64_t count, int64_t distance) noexcept;
  // Makes the second channel a copy of the first.
  void widen() noexcept;

 private:
  struct Slot {
    int64_t packet = -1;
    uint64_t capture_time_us = 0;
    bool played = false;
  };
  static size_t index_of(int64_t n, int64_t size) noexcept {
    return static_cast<size_t>(n & (size - 1));
  }
  const Slot& slot(int64_t packet) const noexcept { return slots_[index_of(packet, kPackets)]; }

  std::vector<float> ring_[kChannels];
  std::vector<Slot> slots_;
};

}  // namespace tutti::playout
