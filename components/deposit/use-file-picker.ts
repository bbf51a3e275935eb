import { useRef } from "react";
import { useDropzone } from "react-dropzone";

export type FilePicker = {
  isDragActive: boolean;
  getRootProps: ReturnType<typeof useDropzone>["getRootProps"];
  getInputProps: ReturnType<typeof useDropzone>["getInputProps"];
  /** Opens the computer's file dialog; with a key, for the file that takes that one's place. */
  choose(replacedKey?: string): void;
};

/** Files chosen by a button or dropped anywhere on the form. */
export function useFilePicker(onFiles: (files: readonly File[], replacedKey?: string) => void): FilePicker {
  const replacedKey = useRef<string | undefined>(undefined);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    // The picker of the File System Access API fails in a frame of another site.
    useFsAccessApi: false,
    onDrop: (files) => {
      const key = replacedKey.current;
      replacedKey.current = undefined;
      const [first, ...others] = files;
      if (key === undefined || !first) return onFiles(files);
      onFiles([first], key);
      if (others.length > 0) onFiles(others);
    },
    onFileDialogCancel: () => {
      replacedKey.current = undefined;
    },
  });
  return {
    isDragActive,
    getRootProps,
    getInputProps,
    choose: (key) => {
      replacedKey.current = key;
      open();
    },
  };
}
