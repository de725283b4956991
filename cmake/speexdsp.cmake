# SpeexDSP's resampler, one file of the source that scripts/fetch-sources puts into build/src. It
# is compiled as upstream means it to be inside another program: its names get our prefix, so that
# they meet no other copy of it, and there is no config.h.
set(TUTTI_SPEEXDSP_DIR ${PROJECT_SOURCE_DIR}/build/src/speexdsp CACHE PATH "SpeexDSP's source")
if(NOT EXISTS ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/resample.c)
  message(FATAL_ERROR "No source of SpeexDSP in ${TUTTI_SPEEXDSP_DIR}: run scripts/setup")
endif()

add_library(speexdsp-resampler STATIC ${TUTTI_SPEEXDSP_DIR}/libspeexdsp/resample.c)
target_include_directories(
  speexdsp-resampler SYSTEM
  PUBLIC ${TUTTI_SPEEXDSP_DIR}/include/speex
  PRIVATE ${TUTTI_SPEEXDSP_DIR}/libspeexdsp)
target_compile_definitions(
  speexdsp-resampler
  PUBLIC OUTSIDE_SPEEX RANDOM_PREFIX=tutti_speex
  PRIVATE FLOATING_POINT EXPORT=)
# Not ours: its warnings help nobody.
target_compile_options(speexdsp-resampler PRIVATE -w)
