#include "rate/converter.h"

#include <speex_resampler.h>

#include <algorithm>
#include <numeric>

// The same source compiled a second time, to tabulate the filter for every phase; see
// cmake/speexdsp.cmake. The two make states of one shape, which both can run.
extern "C" SpeexResamplerState* tutti_speex_tabulated_resampler_init(spx_uint32_t channels,
                                                                     spx_uint32_t in_rate,
                                                                     spx_uint32_t out_rate,
                                                                     int quality, int* error);

namespace tutti::rate {
namespace {

constexpr int kQuality = 5;
// A table takes 320 bytes for each of the larger of in_ and out_: 50 KB at 44.1 kHz, 200 KB at
// 11.025 kHz, which is this; but 15 MB at 44,101 Hz.
constexpr int64_t kMostTabulated = 640;

}  // namespace

void Converter::Destroy::operator()(SpeexResamplerState_* state) const noexcept {
  speex_resampler_destroy(state);
}

bool Converter::configure(uint32_t in_rate, uint32_t out_rate) {
  for (const uint32_t rate : {in_rate, out_rate}) {
    if (rate < kMinRate || rate > kMaxRate) return false;
  }
  const uint32_t common = std::gcd(in_rate, out_rate);
  in_ = in_rate / common;
  out_ = out_rate / common;
  position_ = 0;
  const auto init = std::max(in_, out_) <= kMostTabulated ? tutti_speex_tabulated_resampler_init
                                                          : speex_resampler_init;
  // speex_resampler_skip_zeros() is not called: it would not shorten the delay, only hold back the
  // first frames, and the count of frames would begin with an exception.
  for (State& state : states_) {
    state.reset(init(1, in_rate, out_rate, kQuality, nullptr));
    if (state == nullptr) return false;
  }
  return true;
}

void Converter::reset() noexcept {
  for (State& state : states_) speex_resampler_reset_mem(state.get());
  position_ = 0;
}

uint32_t Converter::output_frames(uint32_t frames) const noexcept {
  // Frame j, at position_ + j * in_, is written when it is before frames * out_.
  const int64_t room = frames * out_ - position_;
  return room <= 0 ? 0 : static_cast<uint32_t>((room + in_ - 1) / in_);
}

uint32_t Converter::input_frames(uint32_t frames) const noexcept {
  if (frames == 0) return 0;
  return static_cast<uint32_t>((position_ + (frames - 1) * in_) / out_ + 1);
}

uint32_t Converter::process(const std::array<const float*, kChannels>& input, uint32_t frames,
                            const std::array<float*, kChannels>& output) noexcept {
  const uint32_t written = output_frames(frames);
  for (uint32_t channel = 0; channel < kChannels; ++channel) {
    spx_uint32_t in = frames;
    // One more than there will be: with the room used up it would leave the last input untaken.
    spx_uint32_t out = written + 1;
    speex_resampler_process_float(states_[channel].get(), 0, input[channel], &in, output[channel],
                                  &out);
  }
  position_ += written * in_ - frames * out_;
  return written;
}

uint32_t Converter::latency() const noexcept {
  return static_cast<uint32_t>(speex_resampler_get_input_latency(states_[0].get()));
}

double Converter::next_output() const noexcept {
  return static_cast<double>(position_) / static_cast<double>(out_) -
         static_cast<double>(latency());
}

}  // namespace tutti::rate
