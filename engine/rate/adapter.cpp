#include "rate/adapter.h"

#include <algorithm>

namespace tutti::rate {
namespace {

// Converter has one frame of room beyond what it writes.
constexpr uint32_t kSpare = 1;

}  // namespace

bool Adapter::configure(uint32_t context_rate, uint32_t inner_rate, uint32_t max_frames) {
  context_rate_ = context_rate;
  inner_rate_ = inner_rate;
  converts_ = context_rate != inner_rate;
  max_inner_frames_ = max_frames;
  if (!converts_) return true;
  if (!in_.configure(context_rate, inner_rate) || !out_.configure(inner_rate, context_rate)) {
    return false;
  }
  const uint64_t most = (uint64_t{max_frames} * inner_rate + context_rate - 1) / context_rate;
  max_inner_frames_ = static_cast<uint32_t>(most);
  // One inner frame makes no more than so many.
  const uint32_t beyond = context_rate / inner_rate + 1;
  for (auto& channel : captured_) channel.assign(max_inner_frames_ + kSpare, 0.0F);
  for (auto& channel : rendered_) channel.assign(max_inner_frames_, 0.0F);
  for (auto& channel : converted_) channel.assign(max_frames + beyond + kSpare, 0.0F);
  reset();
  return true;
}

void Adapter::reset() noexcept {
  if (!converts_) return;
  in_.reset();
  out_.reset();
  kept_ = 0;
}

Adapter::Captured Adapter::take(const float* const* input, uint32_t channels,
                                uint32_t frames) noexcept {
  const std::array<const float*, 2> from{channels > 0 ? input[0] : nullptr,
                                         channels > 1 ? input[1] : nullptr};
  if (!converts_) return {from, frames};
  const uint32_t inner = in_.process(from, frames, {captured_[0].data(), captured_[1].data()});
  return {{captured_[0].data(), captured_[1].data()}, inner};
}

double Adapter::capture_delay_us() const noexcept {
  return converts_ ? -in_.next_output() * 1e6 / context_rate_ : 0.0;
}

Adapter::Wanted Adapter::begin(float* left, float* right, uint32_t frames) noexcept {
  if (!converts_) return {left, right, frames};
  wanted_ = frames > kept_ ? out_.input_frames(frames - kept_) : 0;
  return {rendered_[0].data(), rendered_[1].data(), wanted_};
}

void Adapter::end(float* left, float* right, uint32_t frames) noexcept {
  if (!converts_) return;
  float* const kept_left = converted_[0].data();
  float* const kept_right = converted_[1].data();
  kept_ += out_.process({rendered_[0].data(), rendered_[1].data()}, wanted_,
                        {kept_left + kept_, kept_right + kept_});
  std::copy_n(kept_left, frames, left);
  std::copy_n(kept_right, frames, right);
  std::copy(kept_left + frames, kept_left + kept_, kept_left);
  std::copy(kept_right + frames, kept_right + kept_, kept_right);
  kept_ -= frames;
}

double Adapter::render_delay_us() const noexcept {
  if (!converts_) return 0.0;
  return -out_.next_output() * 1e6 / inner_rate_ + kept_ * 1e6 / context_rate_;
}

}  // namespace tutti::rate
