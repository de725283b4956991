#include "codec/pcm.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

#include "simd.h"
#include "wire/bytes.h"

namespace tutti::codec {
namespace {

using wire::load_u16;
using wire::load_u32;
using wire::store_u16;
using wire::store_u32;

// std::bit_cast, which the C++ library of Debian 12's Emscripten does not have yet.
template <typename To, typename From>
To bit_cast(From x) noexcept {
  return __builtin_bit_cast(To, x);
}

// Round to nearest, so that 16-bit material passes through unchanged.
int32_t quantise(float x, float scale) noexcept {
  // A NaN compares false both ways and becomes the lower bound, so take it out first.
  const float finite = x == x ? x : 0.0F;
  return static_cast<int32_t>(std::lrintf(std::clamp(finite * scale, -scale, scale - 1.0F)));
}

void decode_16(const uint8_t* in, std::span<float> out) noexcept {
  constexpr float kStep = 1.0F / 32768.0F;
  size_t i = 0;
  if constexpr (std::endian::native == std::endian::little) {
    const Float4 scale = splat(kStep / 65536.0F);
    for (; i + 8 <= out.size(); i += 8) {
      const Float8 eight = load_shorts(in + 2 * i);
      store(&out[i], eight.low * scale);
      store(&out[i + 4], eight.high * scale);
    }
  }
  for (; i < out.size(); ++i) {
    out[i] = static_cast<float>(static_cast<int16_t>(load_u16(in + 2 * i))) * kStep;
  }
}

float sane(float x) noexcept { return std::fabs(x) <= kMaxFloatSample ? x : 0.0F; }

}  // namespace

void pcm_encode(uint32_t bits, std::span<const float> in, uint8_t* out) noexcept {
  switch (bits) {
    case 8:
      for (const float x : in) *out++ = static_cast<uint8_t>(quantise(x, 128.0F));
      break;
    case 16:
      for (const float x : in) {
        store_u16(out, static_cast<uint16_t>(quantise(x, 32768.0F)));
        out += 2;
      }
      break;
    case 24:
      for (const float x : in) {
        // An arithmetic shift is the floor that JackTrip takes; what is left is the remainder.
        const int32_t v = quantise(x, 8388608.0F);
        store_u16(out, static_cast<uint16_t>(v >> 8));
        out[2] = static_cast<uint8_t>(v);
        out += 3;
      }
      break;
    case 32:
      for (const float x : in) {
        store_u32(out, bit_cast<uint32_t>(sane(x)));
        out += 4;
      }
      break;
    default:
      break;
  }
}

void pcm_decode(uint32_t bits, const uint8_t* in, std::span<float> out) noexcept {
  switch (bits) {
    case 8:
      for (float& x : out) x = static_cast<float>(static_cast<int8_t>(*in++)) / 128.0F;
      break;
    case 16:
      decode_16(in, out);
      break;
    case 24:
      for (float& x : out) {
        const int32_t v = static_cast<int16_t>(load_u16(in)) * 256 + in[2];
        x = static_cast<float>(v) / 8388608.0F;
        in += 3;
      }
      break;
    case 32:
      for (float& x : out) {
        x = sane(bit_cast<float>(load_u32(in)));
        in += 4;
      }
      break;
    default:
      break;
  }
}

}  // namespace tutti::codec
