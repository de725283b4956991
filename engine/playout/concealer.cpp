#include "playout/concealer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simd.h"

namespace tutti::playout {
namespace {

constexpr size_t kRepeated = 128;
constexpr uint32_t kMirrored = 480;
// Of this much of the past the loudness is taken; +3 dB of it is the most that is played.
constexpr size_t kLoudnessFrames = 1024;
constexpr float kHeadroom = 2.0F;
// Beyond full scale by so much, a sample is not sound.
constexpr float kLoudest = 16.0F;

float fade(uint32_t done, uint32_t hold, uint32_t end) noexcept {
  if (done < hold) return 1.0F;
  if (done >= end) return 0.0F;
  const float t = static_cast<float>(done - hold) / static_cast<float>(end - hold);
  return 0.5F + 0.5F * std::cos(std::numbers::pi_v<float> * t);
}

// A second channel costs a quarter more.
size_t plan_of(size_t known, size_t channels, uint32_t work) noexcept {
  return LinearPrediction::plan_for(known, channels > 1 ? work / 5 * 4 : work);
}

float mean_square(std::span<const float> x) noexcept {
  return x.empty() ? 0.0F : dot(x.data(), x.data(), x.size()) / static_cast<float>(x.size());
}

}  // namespace

size_t Concealer::history_for(size_t known, size_t channels, uint32_t work) noexcept {
  const size_t plan = plan_of(known, channels, work);
  const size_t looked_at =
      plan < LinearPrediction::kPlans.size() ? LinearPrediction::kPlans[plan].history : 0;
  return std::min(known, std::max({looked_at, kLoudnessFrames, LinearPrediction::kMaxOrder}));
}

uint32_t Concealer::begin(Sound history, Concealment kind, uint32_t work,
                          ConcealmentTools& tools) noexcept {
  const size_t known = std::min(history[0].size(), kHistory);
  size_t plan = LinearPrediction::kPlans.size();
  order_ = 0;
  mirrored_ = false;
  end_ = kEnd;
  bridged_ = 0;
  std::array<std::span<const float>, kChannels> clean;
  for (size_t c = 0; c < history.size(); ++c) {
    const auto newest = history[c].last(known);
    auto& copy = tools.history[c];
    std::transform(newest.begin(), newest.end(), copy.begin(),
                   [](float x) { return std::fabs(x) <= kLoudest ? x : 0.0F; });
    clean[c] = {copy.data(), known};
  }
  switch (kind) {
    case Concealment::kSilence:
      end_ = 0;
      break;
    case Concealment::kRepeat:
      order_ = kRepeated;
      std::fill_n(weights_.begin(), order_, 0.0F);
      weights_[0] = 1.0F;
      break;
    default:
      plan = plan_of(known, history.size(), work);
      if (plan == LinearPrediction::kPlans.size()) {
        mirrored_ = true;
        end_ = std::min(kMirrored, static_cast<uint32_t>(known));
        break;
      }
      order_ = LinearPrediction::kPlans[plan].order;
      tools.prediction.fit({clean.data(), history.size()}, plan, {weights_.data(), order_});
  }
  for (size_t c = 0; c < history.size(); ++c) {
    Voice& voice = voices_[c];
    voice.memory.fill(0.0F);
    const size_t kept = std::min(known, LinearPrediction::kMaxOrder);
    std::copy_n(clean[c].end() - static_cast<ptrdiff_t>(kept), kept,
                voice.memory.begin() + static_cast<ptrdiff_t>(LinearPrediction::kMaxOrder - kept));
    voice.ceiling = kHeadroom * mean_square(clean[c].last(std::min(known, kLoudnessFrames)));
    voice.gain = 1.0F;
    voice.done = 0;
  }
  return plan < LinearPrediction::kPlans.size() ? LinearPrediction::kPlans[plan].work : 0;
}

bool Concealer::bridge(size_t gap, Sound after, ConcealmentTools& tools) noexcept {
  if (order_ == 0 || mirrored_ ||
      !tools.bridge.prepare({weights_.data(), order_}, gap, after[0].size())) {
    return false;
  }
  for (size_t c = 0; c < after.size(); ++c) {
    Voice& voice = voices_[c];
    const Voice before = voice;
    for (size_t at = 0; at < gap; at += kPiece) {
      predict(voice, std::span(voice.bridge).subspan(at, std::min(kPiece, gap - at)));
    }
    const std::span<const float> memory{before.memory.data(), LinearPrediction::kMaxOrder};
    const auto fill = std::span(voice.bridge).first(gap);
    tools.bridge.span(memory, after[c], fill);
    for (float& x : fill) {
      if (!(std::fabs(x) <= kLoudest)) x = 0.0F;
    }
    // If it has to go on after the gap, then from what filled it.
    auto* const left =
        std::copy(memory.begin() + static_cast<ptrdiff_t>(gap), memory.end(), voice.memory.begin());
    std::copy(fill.begin(), fill.end(), left);
  }
  bridged_ = static_cast<uint32_t>(gap);
  return true;
}

void Concealer::extrapolate(size_t channel, std::span<float> out) noexcept {
  Voice& voice = voices_[channel];
  while (!out.empty()) {
    const auto piece = out.first(std::min(kPiece, out.size()));
    if (voice.done < bridged_) {
      const auto part = piece.first(std::min<size_t>(piece.size(), bridged_ - voice.done));
      std::copy_n(voice.bridge.begin() + voice.done, part.size(), part.begin());
      voice.done += static_cast<uint32_t>(part.size());
      out = out.subspan(part.size());
      continue;
    }
    if (voice.done >= end_ || (order_ == 0 && !mirrored_)) {
      std::fill(piece.begin(), piece.end(), 0.0F);
    } else if (mirrored_) {
      for (size_t i = 0; i < piece.size(); ++i) {
        const auto at = voice.done + static_cast<uint32_t>(i);
        piece[i] = at < end_
                       ? voice.memory[LinearPrediction::kMaxOrder - 1 - at] * fade(at, 0, end_)
                       : 0.0F;
      }
    } else {
      // A whole piece at a time, however it is asked for: the loudness is that of a piece.
      const size_t at = (voice.done - bridged_) % kPiece;
      if (at == 0) go_on(voice);
      const auto part =
          piece.first(std::min({piece.size(), kPiece - at, size_t{end_ - voice.done}}));
      std::copy_n(voice.piece.begin() + static_cast<ptrdiff_t>(at), part.size(), part.begin());
      voice.done += static_cast<uint32_t>(part.size());
      out = out.subspan(part.size());
      continue;
    }
    voice.done += static_cast<uint32_t>(piece.size());
    out = out.subspan(piece.size());
  }
}

// The next piece, as it is played.
void Concealer::go_on(Voice& voice) const noexcept {
  const auto out = std::span(voice.piece).first(std::min(kPiece, size_t{end_ - voice.done}));
  predict(voice, out);
  limit(voice, out);
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] *= fade(voice.done + static_cast<uint32_t>(i), kHold, end_);
  }
}

// At most kPiece frames.
void Concealer::predict(Voice& voice, std::span<float> out) const noexcept {
  float* const end = voice.memory.data() + LinearPrediction::kMaxOrder;
  for (size_t i = 0; i < out.size(); ++i) {
    const float x = dot(weights_.data(), end + i - order_, order_);
    end[i] = std::fabs(x) <= kLoudest ? x : 0.0F;
    out[i] = end[i];
  }
  std::copy(voice.memory.begin() + static_cast<ptrdiff_t>(out.size()),
            voice.memory.begin() + static_cast<ptrdiff_t>(out.size() + LinearPrediction::kMaxOrder),
            voice.memory.begin());
}

// A model may swell before it decays; nobody wants to hear a loss as an accent.
void Concealer::limit(Voice& voice, std::span<float> out) noexcept {
  const float power = mean_square(out);
  const float wanted = power > voice.ceiling ? std::sqrt(voice.ceiling / power) : 1.0F;
  const float step = (wanted - voice.gain) / static_cast<float>(out.size());
  for (float& x : out) {
    voice.gain += step;
    x *= voice.gain;
  }
  voice.gain = wanted;
}

}  // namespace tutti::playout
