/** A certificate for localhost and its key, made now and gone with the test. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CertificateFiles {
  cert: string;
  key: string;
}

/** Paths of two PEM files, made by openssl. */
export function makeCertificate(): CertificateFiles {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-certificate-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, ...subject, '-days', '2', '-keyout', files.key, '-out', files.cert],
    { stdio: 'ignore' },
  );
  return files;
}
