// PCM as JackTrip packs it: one channel at a time, little-endian.
//
//   8   signed integer / 128
//   16  signed integer / 32,768
//   24  JackTrip's own: a signed 16-bit floor, then the remainder in 8 bits
//   32  IEEE float
//
// Any thread, no allocation, noexcept. 1.0 is full scale. Encoding clips; decoding never lets a
// NaN, an infinity or an absurd level through (a hostile peer can put them into 32-bit floats).
#pragma once

#include <cstdint>
#include <span>

namespace tutti::codec {

// The loudest sample that a 32-bit packet may carry (+18 dB over full scale).
inline constexpr float kMaxFloatSample = 8.0F;

// `out` holds at least in.size() * bits / 8 bytes; bits is 8, 16, 24 or 32.
void pcm_encode(uint32_t bits, std::span<const float> in, uint8_t* out) noexcept;
// `in` holds at least out.size() * bits / 8 bytes.
void pcm_decode(uint32_t bits, const uint8_t* in, std::span<float> out) noexcept;

}  // namespace tutti::codec
