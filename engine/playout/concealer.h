// What is played where nothing has arrived: the sound as it would most likely have gone on.
//
// A model of the sound just heard (LinearPrediction) is fitted once, at the loss, and then goes on
// for as long as the gap lasts. It decays by itself as it becomes unsure; what is played of it is
// held for 10 ms and then fades, to silence after 70 ms, while the model's own memory is not faded.
// It is never allowed to become louder than the sound was. Where the frames after the gap have
// arrived already, they say how it ends (Bridge).
//
// One thread; no allocation, noexcept, bounded work: what begin() may cost is told to it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "playout/bridge.h"
#include "playout/linear_prediction.h"

namespace tutti::playout {

// What is played where nothing has arrived. All but the first are for comparison.
enum class Concealment : uint8_t {
  kAutoregressive,
  kRepeat,  // the last 128 frames again and again, fading
  kSilence,
};

// What concealers share: it is used by one after the other, never kept.
struct ConcealmentTools {
  bool configure() { return prediction.configure(); }

  LinearPrediction prediction;
  Bridge bridge;
  // Room for a stream to lay out what it hands over.
  std::array<std::array<float, LinearPrediction::kMaxHistory>, 2> history{};
  std::array<std::array<float, kMaxAfter>, 2> after{};
};

class Concealer {
 public:
  static constexpr size_t kChannels = 2;
  // Frames of the past that begin() can use.
  static constexpr size_t kHistory = LinearPrediction::kMaxHistory;
  // At 48 kHz: held for 10 ms, silent after 70.
  static constexpr uint32_t kHold = 480;
  static constexpr uint32_t kEnd = 3360;
  // Of work (LinearPrediction::Plan): what a bridge costs on top.
  static constexpr uint32_t kBridgeWork = 60;

  using Sound = std::span<const std::span<const float>>;

  // Of so many frames known, how many begin() will look at with so much work: no need to hand over
  // more.
  static size_t history_for(size_t known, size_t channels, uint32_t work) noexcept;

  // history[c]: what was heard up to the gap, oldest first, one or two channels of equal length.
  // What is not finite in it counts as silence. `work`: see LinearPrediction::Plan.
  // Returns the work done. With too little of history or work, the sound just heard is mirrored in
  // time and fades within 10 ms.
  uint32_t begin(Sound history, Concealment kind, uint32_t work, ConcealmentTools& tools) noexcept;
  // Right after begin(), where it is known how the sound goes on after a gap of so many frames.
  // False, and nothing has changed, when that is of no use: then go on without.
  bool bridge(size_t gap, Sound after, ConcealmentTools& tools) noexcept;

  // The next frames of the concealment of one channel; every call goes on where the last one ended.
  void extrapolate(size_t channel, std::span<float> out) noexcept;
  // The second channel is as the first from here on.
  void widen() noexcept { voices_[1] = voices_[0]; }

 private:
  static constexpr size_t kPiece = 64;
  struct Voice {
    // What the model goes on from, the newest last; and room for a piece more.
    std::array<float, LinearPrediction::kMaxOrder + kPiece> memory{};
    std::array<float, kMaxBridge> bridge{};
    std::array<float, kPiece> piece{};  // being played
    float ceiling = 0.0F;               // mean square that may not be exceeded
    float gain = 1.0F;                  // what keeps it below
    uint32_t done = 0;
  };
  void go_on(Voice& voice) const noexcept;
  void predict(Voice& voice, std::span<float> out) const noexcept;
  static void limit(Voice& voice, std::span<float> out) noexcept;

  std::array<Voice, kChannels> voices_{};
  std::array<float, LinearPrediction::kMaxOrder> weights_{};
  size_t order_ = 0;  // of weights_; 0: mirrored, or silent
  bool mirrored_ = false;
  uint32_t end_ = kEnd;
  uint32_t bridged_ = 0;  // frames
};

}  // namespace tutti::playout
