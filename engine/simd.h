// Four floats or two doubles at a time: GCC's and clang's vector extension, which becomes SSE, NEON
// or WebAssembly's SIMD. Only what the engine's own loops need; the compilers do the rest
// themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tutti {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));

inline Float4 load(const float* p) noexcept {
  Float4 v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, Float4 v) noexcept { std::memcpy(p, &v, sizeof v); }
inline Float4 splat(float x) noexcept { return Float4{x, x, x, x}; }
// Lane by lane; b where one is not a number. Written as compilers recognise it.
inline Float4 larger(Float4 a, Float4 b) noexcept { return b < a ? a : b; }
inline Float4 smaller(Float4 a, Float4 b) noexcept { return a < b ? a : b; }
inline Float4 magnitude(Float4 v) noexcept {
  constexpr int32_t kAllButSign = 0x7FFFFFFF;
  return reinterpret_cast<Float4>(reinterpret_cast<Int4>(v) &
                                  Int4{kAllButSign, kAllButSign, kAllButSign, kAllButSign});
}
inline float sum(Float4 v) noexcept { return (v[0] + v[1]) + (v[2] + v[3]); }

// Eight integers of 16 bits as floats, 65,536 times as large: each goes to the top of its word,
// which is converted whole. (Told to convert 16 bits, clang takes one at a time for WebAssembly.)
// Only where the first byte is the least.
struct Float8 {
  Float4 low;
  Float4 high;
};
inline Float8 load_shorts(const uint8_t* p) noexcept {
  Int4 pairs;
  std::memcpy(&pairs, p, sizeof pairs);
  const Float4 even = __builtin_convertvector(pairs << 16, Float4);
  const Float4 odd = __builtin_convertvector(pairs >> 16 << 16, Float4);
  return {__builtin_shufflevector(even, odd, 0, 4, 1, 5),
          __builtin_shufflevector(even, odd, 2, 6, 3, 7)};
}

using Double2 = double __attribute__((vector_size(16)));
inline Double2 load2(const double* p) noexcept {
  Double2 v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store2(double* p, Double2 v) noexcept { std::memcpy(p, &v, sizeof v); }

// Four sums side by side: additions need not wait for each other.
inline float dot(const float* a, const float* b, size_t count) noexcept {
  Float4 s0{};
  Float4 s1{};
  Float4 s2{};
  Float4 s3{};
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    s0 += load(a + i) * load(b + i);
    s1 += load(a + i + 4) * load(b + i + 4);
    s2 += load(a + i + 8) * load(b + i + 8);
    s3 += load(a + i + 12) * load(b + i + 12);
  }
  float rest = 0.0F;
  for (; i < count; ++i) rest += a[i] * b[i];
  return sum((s0 + s1) + (s2 + s3)) + rest;
}

inline Double2 swapped(Double2 v) noexcept { return __builtin_shufflevector(v, v, 1, 0); }
inline double dot(const double* a, const double* b, size_t count) noexcept {
  Double2 s0{};
  Double2 s1{};
  Double2 s2{};
  Double2 s3{};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    s0 += load2(a + i) * load2(b + i);
    s1 += load2(a + i + 2) * load2(b + i + 2);
    s2 += load2(a + i + 4) * load2(b + i + 4);
    s3 += load2(a + i + 6) * load2(b + i + 6);
  }
  const Double2 s = (s0 + s1) + (s2 + s3);
  double rest = 0.0;
  for (; i < count; ++i) rest += a[i] * b[i];
  return s[0] + s[1] + rest;
}

}  // namespace tutti
