// Little-endian loads and stores, whatever the machine's own byte order and alignment.
//
// Any thread, no allocation. Callers check bounds: these do not.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tutti::wire {

namespace detail {

// On most machines a copy, which compilers make many of at a time.
template <typename T>
T load(const uint8_t* p) noexcept {
  T v = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&v, p, sizeof v);
  } else {
    for (size_t i = 0; i < sizeof v; ++i) v = static_cast<T>(v | (static_cast<T>(p[i]) << (8 * i)));
  }
  return v;
}

template <typename T>
void store(uint8_t* p, T v) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(p, &v, sizeof v);
  } else {
    for (size_t i = 0; i < sizeof v; ++i) p[i] = static_cast<uint8_t>(v >> (8 * i));
  }
}

}  // namespace detail

inline uint16_t load_u16(const uint8_t* p) noexcept { return detail::load<uint16_t>(p); }
inline uint32_t load_u32(const uint8_t* p) noexcept { return detail::load<uint32_t>(p); }
inline uint64_t load_u64(const uint8_t* p) noexcept { return detail::load<uint64_t>(p); }
inline void store_u16(uint8_t* p, uint16_t v) noexcept { detail::store(p, v); }
inline void store_u32(uint8_t* p, uint32_t v) noexcept { detail::store(p, v); }
inline void store_u64(uint8_t* p, uint64_t v) noexcept { detail::store(p, v); }

}  // namespace tutti::wire
