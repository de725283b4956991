# SpeexDSP's resampler, one file of the source that scripts/fetch-sources puts into build/src. It
# is compiled as upstream means it to be inside another program: its names get a prefix of ours, so
# that they meet no other copy of it, and there is no config.h.
set(TUTTI_SPEEXDSP_DIR ${PROJECT_SOURCE_DIR}/build/src/speexdsp CACHE PATH "SpeexDSP's source")
if(NOT EXISTS ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/resample.c)
  message(FATAL_ERROR "No source of SpeexDSP in ${TUTTI_SPEEXDSP_DIR}: run scripts/setup")
endif()

# Twice, since one thing can only be chosen here: whether the filter is tabulated for every phase
# (5 times as fast at 44.1 kHz) or interpolated between 16 (any ratio in little memory).
foreach(variant IN ITEMS speexdsp-resampler speexdsp-resampler-tabulated)
  add_library(${variant} STATIC ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/resample.c)
  target_include_directories(
    ${variant} SYSTEM
    PUBLIC ${TUTTI_SPEEXDSP_DIR}/include/speex
    PRIVATE ${TUTTI_SPEEXDSP_DIR}/libspeexdsp)
  target_compile_definitions(${variant} PRIVATE OUTSIDE_SPEEX FLOATING_POINT EXPORT=)
  # Not ours: its warnings help nobody.
  target_compile_options(${variant} PRIVATE -w)
  # Halves its time. Emscripten has SSE too, on top of WebAssembly's own SIMD.
  if(EMSCRIPTEN)
    target_compile_options(${variant} PRIVATE -msse)
  endif()
  if(EMSCRIPTEN OR CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64)
    target_compile_definitions(${variant} PRIVATE USE_SSE)
  endif()
endforeach()
target_compile_definitions(
  speexdsp-resampler
  PRIVATE RANDOM_PREFIX=tutti_speex
  INTERFACE OUTSIDE_SPEEX RANDOM_PREFIX=tutti_speex)
# Of this one only the constructor is used (engine/rate/converter.cpp).
target_compile_definitions(
  speexdsp-resampler-tabulated
  PRIVATE RANDOM_PREFIX=tutti_speex_tabulated RESAMPLE_FULL_SINC_TABLE)
target_link_libraries(speexdsp-resampler INTERFACE speexdsp-resampler-tabulated)

# The FFT that comes with it (KISS FFT), in double precision: for the concealment.
add_library(
  speexdsp-fft STATIC ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/kiss_fft.c
                      ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/kiss_fftr.c)
target_include_directories(speexdsp-fft SYSTEM PUBLIC ${TUTTI_SPEEXDSP_DIR}/libspeexdsp
                                                      ${TUTTI_SPEEXDSP_DIR}/include)
# Its headers ask for the same as its sources; who includes them sets these too. Not public: the
# resampler's header has its own opinion of the types.
set(speexdsp_fft_definitions
    FLOATING_POINT
    kiss_fft_scalar=double
    spx_int16_t=short
    spx_int32_t=int
    spx_uint32_t=unsigned)
target_compile_definitions(
  speexdsp-fft PRIVATE ${speexdsp_fft_definitions} OUTSIDE_SPEEX EXPORT= OVERRIDE_SPEEX_FATAL
                       OVERRIDE_SPEEX_WARNING)
# What it would print and exit for, a wrong size, is a fault of ours: stop there, and ask the
# WebAssembly module's host for nothing.
target_compile_options(
  speexdsp-fft PRIVATE -w "-D_speex_fatal(text,file,line)=__builtin_trap()"
                       "-Dspeex_warning(text)=__builtin_trap()")
