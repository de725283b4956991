#include "capture/sender.h"

#include <algorithm>

#include "codec/pcm.h"

namespace tutti::capture {
namespace {

constexpr double kMuteMs = 8.0;  // in a straight line, whatever the quantum
constexpr uint8_t kChannelsWanted = 2;
constexpr uint32_t kMostBits = 32;

bool can_send(uint32_t bits) noexcept {
  return bits == 8 || bits == 16 || bits == 24 || bits == kMostBits;
}

}  // namespace

bool Sender::configure(const Format& format, uint32_t max_frames) {
  const int code = wire::code_of_rate(format.sample_rate);
  if (code < 0 || !can_send(format.bits) || format.packet_frames < wire::kMinFrames ||
      format.packet_frames > wire::kMaxFrames) {
    return false;
  }
  format_ = format;
  bits_ = format.bits;
  rate_code_ = static_cast<uint8_t>(code);
  for (auto& channel : chosen_) channel.assign(max_frames, 0.0F);
  for (auto& channel : pending_) channel.assign(format.packet_frames, 0.0F);
  const uint32_t packets = max_frames / format.packet_frames + 1;
  // There is room for the most bits that may be chosen later.
  stride_ = wire::kHeaderBytes + size_t{2} * format.packet_frames * (kMostBits / 8);
  stride_ = (stride_ + 3) & ~size_t{3};  // packets begin at whole words
  packets_.assign(stride_ * packets, 0);
  sizes_.assign(packets, 0);
  fade_step_ = static_cast<float>(1000.0 / (kMuteMs * format.sample_rate));
  mute_ = false;
  gain_ = 1.0F;
  meter_.configure(format.sample_rate);
  reset();
  return true;
}

bool Sender::set_bits(uint32_t bits) noexcept {
  if (!can_send(bits)) return false;
  bits_ = bits;
  return true;
}

void Sender::reset() noexcept {
  filled_ = 0;
  ready_ = 0;
  sequence_ = 0;
  last_capture_us_ = 0;
  meter_.reset();
}

void Sender::choose(const float* const* input, uint32_t channels, uint32_t frames) noexcept {
  const auto copy = [&](uint32_t from, std::vector<float>& to) {
    if (from < channels) {
      std::copy_n(input[from], frames, to.begin());
    } else {
      std::fill_n(to.begin(), frames, 0.0F);
    }
  };
  switch (input_) {
    case InputChannels::kFirst:
      copy(0, chosen_[0]);
      break;
    case InputChannels::kSecond:
      copy(1, chosen_[0]);
      break;
    case InputChannels::kStereo:
      copy(0, chosen_[0]);
      copy(channels > 1 ? 1 : 0, chosen_[1]);
      break;
    case InputChannels::kMonoMix:
      copy(0, chosen_[0]);
      if (channels > 1) {
        for (uint32_t i = 0; i < frames; ++i) {
          chosen_[0][i] = 0.5F * (chosen_[0][i] + input[1][i]);
        }
      }
      break;
  }
}

void Sender::fade(uint32_t frames) noexcept {
  const float target = mute_ ? 0.0F : 1.0F;
  if (gain_ == 1.0F && target == 1.0F) return;
  for (uint32_t i = 0; i < frames; ++i) {
    gain_ += std::clamp(target - gain_, -fade_step_, fade_step_);
    for (auto& channel : chosen_) channel[i] *= gain_;
  }
}

uint32_t Sender::capture(const float* const* input, uint32_t channels, uint32_t frames,
                         double wall_us) noexcept {
  ready_ = 0;
  const bool stereo = input_ == InputChannels::kStereo;
  choose(input, channels, frames);
  meter_.observe(chosen_[0].data(), chosen_[stereo ? 1 : 0].data(), frames);

  fade(frames);
  for (uint32_t done = 0; done < frames;) {
    if (filled_ == 0) {
      stereo_ = stereo;
      packet_wall_us_ = wall_us + done * 1e6 / format_.sample_rate;
    }
    const uint32_t count = std::min(frames - done, format_.packet_frames - filled_);
    append(done, count);
    done += count;
    if (filled_ == format_.packet_frames) pack();
  }
  return ready_;
}

void Sender::append(uint32_t from, uint32_t count) noexcept {
  for (uint32_t channel = 0; channel < (stereo_ ? 2U : 1U); ++channel) {
    // When the choice has just changed to mono, the packet begun in stereo ends with both alike.
    const auto& source = chosen_[channel == 1 && input_ == InputChannels::kStereo ? 1 : 0];
    std::copy_n(source.data() + from, count, pending_[channel].data() + filled_);
  }
  filled_ += count;
}

void Sender::pack() noexcept {
  // Receivers tell a restart from reordering by this: it never goes back.
  const auto wall_us = static_cast<uint64_t>(std::max(0.0, packet_wall_us_));
  last_capture_us_ = std::max(wall_us, last_capture_us_ + 1);

  wire::Header h;
  h.capture_time_us = last_capture_us_;
  h.sequence = sequence_++;
  h.frames = static_cast<uint16_t>(format_.packet_frames);
  h.rate_code = rate_code_;
  h.bits = static_cast<uint8_t>(bits_);
  h.channels_wanted = kChannelsWanted;
  h.channels = stereo_ ? 2 : 1;

  uint8_t* const at = packets_.data() + stride_ * ready_;
  const std::span<uint8_t> payload = wire::write_header(h, {at, stride_});
  const size_t bytes = payload.size() / h.channels;
  for (uint32_t channel = 0; channel < h.channels; ++channel) {
    codec::pcm_encode(bits_, pending_[channel], payload.data() + bytes * channel);
  }
  sizes_[ready_++] = static_cast<uint32_t>(wire::packet_bytes(h));
  filled_ = 0;
}

std::span<const uint8_t> Sender::packet(uint32_t i) const noexcept {
  if (i >= ready_) return {};
  return {packets_.data() + stride_ * i, sizes_[i]};
}

}  // namespace tutti::capture
