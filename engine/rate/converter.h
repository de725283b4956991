// From one sample rate to another, both fixed: SpeexDSP's resampler, a windowed sinc of linear
// phase.
//
// What comes out depends on the frames that went in since reset(), never on how they were cut into
// calls: output frame k is the sound of the input at k * in_rate / out_rate - latency(), with
// silence before the first frame. So the number of frames of each call is known beforehand.
//
// Quality: of SpeexDSP's 0 to 10 the 5, 80 taps of the lower rate. It is the shortest filter that
// errs no more than 16 bits on the wire do: 100 dB and better below 16 kHz, where 4 and 3 come to
// 80 near the edge. Between 44.1 and 48 kHz it takes 0.9 ms either way and is flat to 18.5 kHz
// (at 20 kHz -0.9 dB up, -2.8 dB down). 7 would be flat to 20 kHz, for 1.5 ms.
//
// One thread. configure() allocates; the rest is noexcept, allocates nothing, and does work in
// proportion to its frames.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

// SpeexDSP's own name. NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
struct SpeexResamplerState_;

namespace tutti::rate {

class Converter {
 public:
  static constexpr uint32_t kChannels = 2;
  // Hz; any whole number between them.
  static constexpr uint32_t kMinRate = 8000;
  static constexpr uint32_t kMaxRate = 192000;

  // False when a rate is out of range or there is no memory; then nothing else may be called.
  bool configure(uint32_t in_rate, uint32_t out_rate);
  // As new.
  void reset() noexcept;

  // Frames that process() would write for `frames` frames of input: exact.
  uint32_t output_frames(uint32_t frames) const noexcept;
  // The fewest frames of input for which it would write `frames` or more.
  uint32_t input_frames(uint32_t frames) const noexcept;

  // Takes `frames` frames of each input (nullptr: silence) and returns output_frames(frames), the
  // number of those it has written to each output. The channels know nothing of each other.
  uint32_t process(const std::array<const float*, kChannels>& input, uint32_t frames,
                   const std::array<float*, kChannels>& output) noexcept;

  // How much later the sound comes out, in input frames: exact, and a whole number.
  uint32_t latency() const noexcept;
  // Of which time the next output frame is, counted in input frames from the next one that goes
  // in: minus latency(), and the fraction that has been going on since the last output.
  double next_output() const noexcept;

 private:
  struct Destroy {
    void operator()(SpeexResamplerState_* state) const noexcept;
  };
  using State = std::unique_ptr<SpeexResamplerState_, Destroy>;

  // The two rates without their common divisor, and where the next output frame is: in out_-ths of
  // an input frame from the next one that goes in, without the latency.
  int64_t in_ = 1;
  int64_t out_ = 1;
  int64_t position_ = 0;
  // One for each channel: resetting a state of two would leave the second as it was (1.2.1).
  std::array<State, kChannels> states_;
};

}  // namespace tutti::rate
