#include "wav.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tutti::sim {
namespace {

constexpr uint16_t kInteger = 1;
constexpr uint16_t kFloat = 3;
constexpr uint16_t kExtensible = 0xFFFE;

template <typename T>
T at(const std::vector<char>& bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

struct Format {
  uint16_t kind = 0;
  uint16_t channels = 0;
  uint32_t sample_rate = 0;
  uint16_t bits = 0;
};

float sample_at(const std::vector<char>& bytes, size_t offset, const Format& format) {
  if (format.kind == kFloat) return at<float>(bytes, offset);
  // Integers, left-aligned in 32 bits.
  uint32_t value = 0;
  const uint32_t width = format.bits / 8;
  for (uint32_t i = 0; i < width; ++i) {
    value |= static_cast<uint32_t>(static_cast<uint8_t>(bytes[offset + i]))
             << (8 * (4 - width + i));
  }
  return static_cast<float>(static_cast<int32_t>(value)) / 2147483648.0F;
}

}  // namespace

Wav read_wav(const std::string& path) {
  const auto fail = [&](const std::string& why) -> std::runtime_error {
    return std::runtime_error(path + ": " + why);
  };
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) throw fail("cannot be opened");
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.size() < 12 || std::memcmp(bytes.data(), "RIFF", 4) != 0 ||
      std::memcmp(bytes.data() + 8, "WAVE", 4) != 0) {
    throw fail("is not a WAV file");
  }
  Format format;
  size_t data = 0;
  size_t size = 0;
  for (size_t chunk = 12; chunk + 8 <= bytes.size();) {
    const size_t body = chunk + 8;
    const size_t length = std::min<size_t>(at<uint32_t>(bytes, chunk + 4), bytes.size() - body);
    if (std::memcmp(bytes.data() + chunk, "fmt ", 4) == 0 && length >= 16) {
      format = {at<uint16_t>(bytes, body), at<uint16_t>(bytes, body + 2),
                at<uint32_t>(bytes, body + 4), at<uint16_t>(bytes, body + 14)};
      if (format.kind == kExtensible && length >= 26) format.kind = at<uint16_t>(bytes, body + 24);
    } else if (std::memcmp(bytes.data() + chunk, "data", 4) == 0) {
      data = body;
      size = length;
      break;
    }
    chunk = body + length + (length % 2);
  }
  if (data == 0 || format.channels == 0) throw fail("holds no sound");
  const bool known =
      (format.kind == kInteger && (format.bits == 16 || format.bits == 24 || format.bits == 32)) ||
      (format.kind == kFloat && format.bits == 32);
  if (!known) throw fail("is neither 16, 24 or 32 bit integers nor 32 bit floats");

  const size_t width = format.bits / 8U;
  const size_t frames = size / (width * format.channels);
  Wav wav{format.sample_rate, format.kind == kInteger && format.bits == 16, {}};
  wav.samples.assign(format.channels, std::vector<float>(frames));
  for (size_t frame = 0; frame < frames; ++frame) {
    for (size_t channel = 0; channel < format.channels; ++channel) {
      const size_t offset = data + (frame * format.channels + channel) * width;
      wav.samples[channel][frame] = sample_at(bytes, offset, format);
    }
  }
  return wav;
}

void write_wav(const std::string& path, const Wav& wav) {
  std::ofstream file(path, std::ios::binary);
  const auto put = [&](auto value) {
    file.write(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const auto channels = static_cast<uint16_t>(wav.samples.size());
  const uint16_t bits = wav.integers ? 16 : 32;
  const auto stride = static_cast<uint16_t>(channels * bits / 8);
  const auto size = static_cast<uint32_t>(wav.frames() * stride);
  file.write("RIFF", 4);
  put(uint32_t{36} + size);
  file.write("WAVEfmt ", 8);
  put(uint32_t{16});
  put(wav.integers ? kInteger : kFloat);
  put(channels);
  put(wav.sample_rate);
  put(wav.sample_rate * stride);
  put(stride);
  put(bits);
  file.write("data", 4);
  put(size);
  for (size_t frame = 0; frame < wav.frames(); ++frame) {
    for (const auto& channel : wav.samples) {
      const float x = channel[frame];
      if (wav.integers) {
        put(static_cast<int16_t>(std::lround(std::clamp(x * 32768.0F, -32768.0F, 32767.0F))));
      } else {
        put(x);
      }
    }
  }
  file.flush();
  if (!file) throw std::runtime_error(path + ": cannot be written");
}

}  // namespace tutti::sim
